# Shared by ./run and ./test: finds or installs what they need, builds what changed. Sourced, not run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
configuration=Release
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 MSBUILDTERMINALLOGGER=off

say() { printf '%s\n' "$*"; }
step() { printf '  %-58s' "$1 …"; step_start=$SECONDS; }
done_() { printf 'done (%ss)\n' $((SECONDS - step_start)); }
fail() { printf '\n%s\n' "$*" >&2; exit 1; }

# quietly LOG COMMAND…: runs a command; shows its output only when it fails.
quietly() {
  local log=$1
  shift
  mkdir -p "$(dirname "$log")"
  if ! "$@" >"$log" 2>&1; then
    printf 'failed\n\n'
    tail -n 40 "$log" >&2
    fail "This failed: $*  (all of its output: $log)"
  fi
}

apt_install() {
  command -v apt-get >/dev/null || fail "Please install: $*  (this system has no apt-get)."
  local sudo=''
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || fail "Please install as root: apt-get install -y $*"
    sudo=sudo
  fi
  step "installing $*"
  quietly "$root/artifacts/logs/apt.log" sh -c "$sudo apt-get update -q && $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -q $*"
  done_
}

# need COMMAND PACKAGE: installs the package when the command is missing.
need() { command -v "$1" >/dev/null || apt_install "$2"; }

has_dotnet() { command -v dotnet >/dev/null && dotnet --list-sdks 2>/dev/null | grep -q '^10\.'; }
has_node() { command -v node >/dev/null && [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ]; }
has_openssl() { command -v openssl >/dev/null && openssl version | grep -q '^OpenSSL 3'; }

check_tools() {
  has_openssl || apt_install openssl
  has_openssl || fail "OpenSSL 3 is needed; this system has: $(openssl version 2>/dev/null || echo none)."
  if ! has_dotnet && apt-cache show dotnet-sdk-10.0 >/dev/null 2>&1; then apt_install dotnet-sdk-10.0; fi
  has_dotnet || fail "The .NET 10 SDK is needed and this system's package manager does not have it.
Install it from https://dotnet.microsoft.com/download/dotnet/10.0 and run this again."
  if ! has_node && apt-cache policy nodejs 2>/dev/null | grep -qE 'Candidate: (2[0-9]|[3-9][0-9])'; then apt_install nodejs npm; fi
  has_node || fail "Node.js 20 or later is needed and this system's package manager does not have it.
Install it from https://nodejs.org/en/download and run this again."
}

# The official Orleans and Azure packages where the package feed has them, else the stand-ins (docs/adr/0001). Found out once.
find_packages() {
  local props=$root/Packages.local.props
  if [ ! -f "$props" ]; then
    step "looking for the official Orleans and Azure packages"
    local orleans azure
    orleans=$(restores OrleansPackages && echo true || echo false)
    azure=$(restores AzurePackages && echo true || echo false)
    cat >"$props" <<EOF
<!-- Written by ./run and ./test: which official packages restore here. Delete it to have them looked for again. -->
<Project>
  <PropertyGroup>
    <OrleansPackages Condition="'\$(OrleansPackages)' == ''">$orleans</OrleansPackages>
    <AzurePackages Condition="'\$(AzurePackages)' == ''">$azure</AzurePackages>
  </PropertyGroup>
</Project>
EOF
    done_
  fi
  say "  Orleans: $(source_of OrleansPackages "$props"), Azure Tables: $(source_of AzurePackages "$props")"
}

restores() {
  local artifacts=$root/artifacts/probe/$1
  dotnet restore "$root/src/Storage/Storage.csproj" -p:OrleansPackages=false -p:AzurePackages=false "-p:$1=true" \
    "-p:ArtifactsPath=$artifacts" -p:RestoreUseStaticGraphEvaluation=false >/dev/null 2>&1
}

source_of() { grep -q ">true</$1>" "$2" && echo "official package" || echo "stand-in"; }

# digest_of PATH…: changes when any file below changes.
digest_of() {
  (cd "$root" && find "$@" -type d \( -name node_modules -o -name dist -o -name artifacts \) -prune -o -type f -printf '%p %s %T@\n' |
    sort | sha256sum | cut -d' ' -f1)
}

# changed NAME PATH…: whether anything differs from the last remember NAME.
changed() {
  local name=$1
  shift
  [ "$(cat "$root/artifacts/stamps/$name" 2>/dev/null)" != "$(digest_of "$@")" ]
}

remember() {
  local name=$1
  shift
  mkdir -p "$root/artifacts/stamps"
  digest_of "$@" >"$root/artifacts/stamps/$name"
}

npm_install() {
  local folder=$1 name=${1//\//-}
  local inputs=("$folder/package.json" "$folder/package-lock.json")
  if [ ! -d "$root/$folder/node_modules" ] || changed "npm-$name" "${inputs[@]}"; then
    step "installing the packages of $folder"
    quietly "$root/artifacts/logs/npm-$name.log" npm --prefix "$root/$folder" ci --no-audit --no-fund
    remember "npm-$name" "${inputs[@]}"
    done_
  fi
}

build_console() {
  local inputs=(frontend/src frontend/index.html frontend/package-lock.json frontend/vite.config.ts)
  if [ ! -f "$root/frontend/dist/index.html" ] || changed console "${inputs[@]}"; then
    npm_install frontend
    step "building the console"
    quietly "$root/artifacts/logs/console.log" npm --prefix "$root/frontend" run build
    remember console "${inputs[@]}"
    done_
  fi
}

dotnet_inputs=(src Directory.Build.props Directory.Build.targets Directory.Packages.props Packages.local.props)

build_product() {
  if [ ! -f "$root/artifacts/bin/Silo/release/TekSipCloud.Silo.dll" ] || changed product "${dotnet_inputs[@]}"; then
    step "building the product"
    quietly "$root/artifacts/logs/build.log" dotnet build "$root/src/Silo/Silo.csproj" -c $configuration -v q -p:RunAnalyzers=false
    remember product "${dotnet_inputs[@]}"
    done_
  fi
}
