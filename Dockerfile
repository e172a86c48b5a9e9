# The exporter as one static program in an empty image:
#
#     docker build --build-arg VERSION=$(git describe --tags --always) --build-arg REVISION=$(git rev-parse HEAD) \
#         --build-arg BRANCH=$(git rev-parse --abbrev-ref HEAD) -t childrens-services-exporter .
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG VERSION=development
ARG REVISION=unknown
ARG BRANCH=unknown
ARG VERSION_PACKAGE=github.com/prometheus/common/version
RUN CGO_ENABLED=0 go build -trimpath -buildvcs=false \
        -ldflags "-s -w -X ${VERSION_PACKAGE}.Version=${VERSION} -X ${VERSION_PACKAGE}.Revision=${REVISION} -X ${VERSION_PACKAGE}.Branch=${BRANCH}" \
        -o /childrens-services-exporter ./cmd/childrens-services-exporter

FROM scratch
# For databases that are verified against public authorities.
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /childrens-services-exporter /
# Loopback inside a container reaches nobody. Who reaches the port is decided where it is published.
ENV CSE_LISTEN_ADDRESS=:10153
EXPOSE 10153
USER 65534:65534
ENTRYPOINT ["/childrens-services-exporter"]
