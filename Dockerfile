# The exporter as one static program in an empty image:
#
#     docker build --build-arg VERSION=$(git describe --tags --always) -t childrens-services-exporter .
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
ARG VERSION=development
RUN CGO_ENABLED=0 go build -trimpath -buildvcs=false -ldflags "-s -w -X main.version=${VERSION}" \
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
