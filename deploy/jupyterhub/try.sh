#!/bin/sh
# Tries Choreo as a service of a JupyterHub on this machine: installs both from PyPI, and the JupyterHub's proxy from npm, into a
# folder of its own, starts them on loopback, walks through them (walk.py), and stops them again.
#
#   deploy/jupyterhub/try.sh [FOLDER]      what is installed stays in FOLDER (a temporary one without it, removed at the end)
#
# PORT, HUB_PORT, PROXY_PORT and AT name other ports than 8800, 8881, 8801 and 10101.
# It needs Python 3.11, node and npm, about 700 MB, and a few minutes the first time. Browsers and walk.py need no DNS for it:
# names that end in .localhost lead to this machine.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
repository=$(cd "$here/../.." && pwd)
if [ $# -gt 0 ]; then mkdir -p "$1" && folder=$(cd "$1" && pwd); else folder=$(mktemp -d); fi
hub=""
# The supervisor of the course and the proxy end with the JupyterHub that started them.
finish() {
    if [ -n "$hub" ]; then kill "$hub" && wait "$hub" || true; fi
    rm -rf "$folder/run"
    if [ $# -eq 0 ]; then rm -rf "$folder"; fi
}
trap 'finish "$@"' EXIT
trap 'exit 1' INT TERM

[ -x "$folder/venv/bin/python" ] || "${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check "$repository[jupyterhub]"
npm install --silent --no-audit --no-fund --prefix "$folder" configurable-http-proxy

rm -rf "$folder/run" && mkdir -p "$folder/run/course"
cp -R "$repository/lessons" "$repository/exercises" "$folder/run/course"
cd "$folder/run"
export CHOREO_HUB="http://hub.localhost:${PORT:-8800}" CHOREO_AT="http://127.0.0.1:${AT:-10101}" CHOREO_COURSE="$folder/run/course"
export CHOREO_DATA="$folder/run/data" CHOREO_AUTHORS="grace" PATH="$folder/venv/bin:$folder/node_modules/.bin:$PATH"
jupyterhub -f "$here/jupyterhub_config.py" --JupyterHub.hub_port="${HUB_PORT:-8881}" \
    --ConfigurableHTTPProxy.api_url="http://127.0.0.1:${PROXY_PORT:-8801}" >hub.log 2>&1 &
hub=$!
python "$here/walk.py" "$CHOREO_HUB" || { echo "--- the log's end:"; tail -40 hub.log; exit 1; }
