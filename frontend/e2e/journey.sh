#!/usr/bin/env bash
# Runs the browser journey against the real product with demo data, on free ports and a data folder of its own.
# UPDATE_SCREENSHOTS=1 writes the pictures in docs/images anew.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

ports=$(node -e '
  const servers = Array.from({ length: 4 }, () => require("net").createServer().listen(0, "127.0.0.1"));
  Promise.all(servers.map((s) => new Promise((done) => s.once("listening", done)))).then(() => {
    console.log(servers.map((s) => s.address().port).join(" "));
    servers.forEach((s) => s.close());
  });')
read -r http https sip sips <<<"$ports"
data=$(mktemp -d)
export BASE_URL=http://127.0.0.1:$http ADMIN_USER=admin ADMIN_PASSWORD=$(openssl rand -hex 12) SIP_PORT=$sip

./run --data "$data" --bind 127.0.0.1 --http "$http" --https "$https" --sip "$sip" --sips "$sips" --rtp 38000-38099 \
  --domain sip.example.com --admin-password "$ADMIN_PASSWORD" --demo >"$data/run.log" 2>&1 &
run=$!
finish() {
  kill -TERM "$run" 2>/dev/null && wait "$run" 2>/dev/null || true
  rm -rf "$data"
}
trap finish EXIT

deadline=$((SECONDS + 300))
until grep -q 'TekSIP Cloud is ready' "$data/run.log"; do
  if ! kill -0 "$run" 2>/dev/null || [ $SECONDS -ge $deadline ]; then
    cat "$data/run.log"
    echo "The product did not become ready." >&2
    exit 1
  fi
  sleep 0.2
done
npm --prefix frontend run -s e2e
