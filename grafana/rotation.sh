#!/bin/sh
# Makes the playlist that shows one wallboard after another, or makes it anew; running it again changes nothing.
#
#     GRAFANA_URL=https://grafana.example GRAFANA_TOKEN=… grafana/rotation.sh [INTERVAL]
#
# The token belongs to a service account with the role Editor. INTERVAL is how long each shows, as in 30s or 1m.
set -eu

: "${GRAFANA_URL:?set GRAFANA_URL to the address of Grafana, as in http://127.0.0.1:3000}"
interval=${1:-1m}
name=childrens-wallboards
playlists=$GRAFANA_URL/apis/playlist.grafana.app/v1/namespaces/${GRAFANA_NAMESPACE:-default}/playlists

items=
for uid in whole-service front-door child-protection looked-after workforce send education; do
    items="$items${items:+,}{\"type\":\"dashboard_by_uid\",\"value\":\"childrens-wall-$uid\"}"
done

ask() { # METHOD ADDRESS [BODY]
    curl --silent --show-error --output /dev/null --write-out '%{http_code}' --request "$1" \
        ${GRAFANA_TOKEN:+--header "Authorization: Bearer $GRAFANA_TOKEN"} \
        --header 'Content-Type: application/json' ${3:+--data "$3"} "$2"
}

case $(ask DELETE "$playlists/$name") in
200 | 404) ;;
401 | 403) echo "rotation: Grafana refuses: GRAFANA_TOKEN must belong to an Editor" >&2; exit 1 ;;
*) echo "rotation: Grafana does not answer as one of version 12 or newer at $GRAFANA_URL" >&2; exit 1 ;;
esac
made=$(ask POST "$playlists" "{\"apiVersion\":\"playlist.grafana.app/v1\",\"kind\":\"Playlist\",\"metadata\":{\"name\":\"$name\"},\"spec\":{\"title\":\"Children's services wallboards\",\"interval\":\"$interval\",\"items\":[$items]}}")
[ "$made" = 201 ] || { echo "rotation: the playlist was not made: HTTP $made" >&2; exit 1; }
echo "$GRAFANA_URL/playlists/play/$name?kiosk&_dash.hideTimePicker&_dash.hideVariables&_dash.hideLinks&_dash.hideDashboardControls"
