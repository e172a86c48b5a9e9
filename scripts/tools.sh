#!/bin/sh
# Installs what is missing of the programs this repository runs, from the system's own packages:
#
#     scripts/tools.sh postgres prometheus compiler
#
# A program that is there already is left alone. Nothing is started and nothing is set to start: the packages bring
# services, and a machine that only wants to try this out must listen on the same ports afterwards as before.
set -eu

have() {
    case $1 in
    postgres) server_in "$(dirname "$(readlink -f "$(command -v postgres || echo /nowhere/postgres)")")" ||
        for bin in /usr/lib/postgresql/*/bin; do server_in "$bin" && return; done ;;
    prometheus) command -v prometheus >/dev/null && command -v promtool >/dev/null ;;
    browser) command -v chromium >/dev/null && command -v node >/dev/null && command -v npm >/dev/null ;;
    compiler) command -v "${CC:-gcc}" >/dev/null && [ -e /usr/include/stdlib.h ] ;;
    *) echo "tools.sh: no tool called $1; there are postgres, prometheus, compiler and browser" >&2; exit 2 ;;
    esac
}

server_in() { [ -x "$1/postgres" ] && [ -x "$1/initdb" ] && [ -x "$1/psql" ]; }

packages_of() {
    case $1 in
    postgres) echo postgresql ;;
    prometheus) echo prometheus ;;
    browser) echo chromium nodejs npm fonts-liberation ;;
    compiler) echo gcc libc6-dev ;; # the race detector of go test links C
    esac
}

packages=
for tool in "$@"; do
    have "$tool" || packages="$packages $(packages_of "$tool")"
done
[ -n "$packages" ] || exit 0

if ! command -v apt-get >/dev/null; then
    echo "tools.sh: missing:$packages. This is no Debian or Ubuntu: install them with your system's package manager," >&2
    echo "tools.sh: so that postgres, initdb, psql, prometheus, promtool and a C compiler are in PATH." >&2
    exit 1
fi
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "tools.sh: missing:$packages. There is no sudo: run '$0 $*' as root once." >&2
        exit 1
    fi
    echo "Missing:$packages. Installing with sudo."
    exec sudo -- "$0" "$@"
fi

# Everything below runs as root and puts back what it changes, however it ends.
policy=/usr/sbin/policy-rc.d
cluster=/etc/postgresql-common/createcluster.conf
kept=$(mktemp -d)
changed=

restore() {
    for file in $changed; do
        if [ -e "$kept/$(basename "$file")" ]; then
            cp -a "$kept/$(basename "$file")" "$file"
        else
            rm -f "$file"
        fi
    done
    disable_new
    rm -rf "$kept"
}

# keep remembers a file that is about to be changed.
keep() {
    if [ -e "$1" ]; then cp -a "$1" "$kept/"; fi
    changed="$changed $1"
}

# starts lists what the machine starts by itself, for either kind of init.
starts() {
    find /etc/systemd/system -path '*.wants/*' -type l 2>/dev/null
    find /etc/rc2.d -name 'S*' 2>/dev/null
    return 0
}

# disable_new takes back what a package has set to start since the list was made.
disable_new() {
    starts | sort >"$kept/after"
    sort "$kept/before" | comm -13 - "$kept/after" | while read -r link; do
        case $link in
        /etc/rc2.d/*) update-rc.d "$(basename "$link" | cut -c4-)" disable >/dev/null 2>&1 || true ;;
        *) deb-systemd-helper disable "$(basename "$link")" >/dev/null 2>&1 || true ;;
        esac
    done
}

install() {
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300 \
        -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold "$@" >"$kept/log" 2>&1
}

# fetch installs, with a fresh list of packages where the present one is empty or names files that are gone.
fetch() {
    if ! apt-cache show "$@" >/dev/null 2>&1 || ! install "$@"; then
        echo "Refreshing the list of packages (apt-get update)."
        apt-get update -qq
        install "$@" || {
            tail -n 20 "$kept/log" >&2
            echo "tools.sh: apt-get could not install $*; see above" >&2
            exit 1
        }
    fi
}

starts >"$kept/before"
trap restore EXIT
trap 'exit 130' HUP INT TERM

echo "Installing$packages: no recommended packages, no database cluster, no service. This takes a minute or so."
keep "$policy"
printf '#!/bin/sh\nexit 101\n' >"$policy"
chmod 755 "$policy"
case $packages in
*postgresql*)
    # The server's package makes a cluster while it is installed, unless the common package before it says otherwise.
    [ -e "$cluster" ] || fetch postgresql-common
    keep "$cluster"
    echo 'create_main_cluster = false' >>"$cluster"
    ;;
esac
# shellcheck disable=SC2086 # a list of words
fetch $packages
