#!/usr/bin/env bash
# Sets up, builds, shows and tests Vigie on Debian 12. `./vigie.sh --help` says how.
set -euo pipefail
shopt -s inherit_errexit

root=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
rooms=(src connectors reports jobs tests bench)

build_packages=(
  g++ cmake ninja-build pkg-config tzdata
  libpoco-dev libsqlite3-dev unixodbc-dev libxlsxwriter-dev libcli11-dev libfmt-dev
  libkainjow-mustache-dev libhowardhinnant-date-dev nlohmann-json3-dev libsystemd-dev libgtest-dev libgmock-dev
)
# The real readers that the tests run against.
test_packages=(
  chromium libreoffice-calc fonts-crosextra-carlito openssl man-db poppler-utils procps systemd
  python3 python3-aiosmtpd python3-openpyxl
  postgresql odbc-postgresql libsqliteodbc mariadb-server odbc-mariadb
)
package_packages=(python3 dpkg-dev lintian)
format_packages=(clang-format)
# Debian's default clang-tidy, 14, cannot read g++ 12's <ranges>.
tidy_packages=(clang-tidy-16)

usage() {
  cat <<'TEXT'
Usage: ./vigie.sh COMMAND

  demo           build, make a small drop in out/demo, run a night on it, say where to look
  test           build with every warning an error, run all tests
  build          build optimized; the last line of output is the absolute path of the program
  bench [ARGS]   build optimized, run the benchmarks; bench-workbook [ARGS] those of the workbook
  package        build optimized, make the Debian package; the last line of output is its absolute path

For those who change the code:

  asan           build with sanitizers, run the unit, contract and end-to-end tests
  format         check the layout of the code (clang-format)
  tidy           check the code (clang-tidy)
  mutation       break the rules on purpose, one place at a time: a test must notice each (a quarter of an hour);
                 with names of files under src/rules, those alone

Each command first installs the Debian packages that it needs and that are missing,
as root or through sudo, and says which. What is there already is not done again.
TEXT
}

say() { printf 'vigie.sh: %s\n' "$*" >&2; }

die() {
  say "$*"
  exit 1
}

missing_packages() {
  local installed package
  # dpkg-query fails as soon as one of the packages is unknown; what it lists is right all the same.
  installed=$(dpkg-query --show --showformat='${db:Status-Status} ${Package}\n' "$@" 2>/dev/null) || true
  for package in "$@"; do
    grep -qxF "installed $package" <<<"$installed" || printf '%s\n' "$package"
  done
}

set_up() {
  if ! command -v dpkg-query >/dev/null; then
    say "this is no Debian, so nothing is installed; needed are your system's equivalents of: $*"
    return
  fi
  local missing
  missing=$(missing_packages "$@")
  [[ -n $missing ]] || return 0

  local -a packages as_root=()
  mapfile -t packages <<<"$missing"
  if [[ $(id -u) -ne 0 ]]; then
    command -v sudo >/dev/null ||
      die "packages are missing, and there is no sudo. As root: apt-get install --no-install-recommends ${packages[*]}"
    as_root=(sudo)
  fi
  say "installing ${packages[*]}"
  local -a apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300)
  "${apt[@]}" update </dev/null >&2 || die "apt-get update failed: is the network there?"
  "${apt[@]}" install -y --no-install-recommends "${packages[@]}" </dev/null >&2 ||
    die "apt-get could not install: ${packages[*]}"
}

configure() { (cd "$root" && cmake --preset "$1"); }

# compile PRESET [TARGET...]
compile() {
  local preset=$1 made=$root/build/$1/build.ninja
  shift
  if [[ ! -f $made || $root/CMakePresets.json -nt $made ]]; then
    configure "$preset"
  fi
  cmake --build "$root/build/$preset" --parallel "$(nproc)" ${1+--target "$@"}
}

program_of() { printf '%s/build/%s/bin/vigie\n' "$root" "$1"; }

run_tests() {
  local preset=$1
  set_up "${build_packages[@]}" "${test_packages[@]}"
  compile "$preset"
  cd "$root"
  ctest --preset "$preset"
}

build() {
  {
    set_up "${build_packages[@]}"
    compile release vigie
  } >&2
  program_of release
}

package() {
  {
    set_up "${build_packages[@]}" "${package_packages[@]}"
    compile release vigie manual
    (cd "$root/build/release" && cpack -B "$root/build/package")
    lintian --fail-on error --allow-root "$root"/build/package/*.deb
  } >&2
  printf '%s\n' "$root"/build/package/vigie_*_"$(dpkg --print-architecture)".deb
}

demo() {
  local program
  program=$(build)
  cd "$root"
  rm -rf out/demo
  mkdir -p out
  "$program" demo out/demo
  "$program" --config out/demo/vigie.properties run
}

bench() {
  local program
  program=$(build)
  set_up python3
  compile release rule_times >&2
  python3 "$root/bench/run.py" --vigie "$program" --rules "$(dirname "$program")/rule_times" "$@"
}

bench_workbook() {
  local program
  program=$(build)
  set_up python3
  compile release workbook_calls workbook_replay >&2
  python3 "$root/bench/workbook.py" --programs "$(dirname "$program")" "$@"
}

# sources_like NAME... : our own files of these names, each ended by a NUL.
sources_like() {
  local room name
  local -a names=()
  for name in "$@"; do names+=(-o -name "$name"); done
  for room in "${rooms[@]}"; do
    [[ ! -d $room ]] || find "$room" -type f \( "${names[@]:1}" \) -print0
  done
}

format() {
  set_up "${format_packages[@]}"
  cd "$root"
  sources_like '*.h' '*.cpp' | xargs -0 -r clang-format --dry-run --Werror
}

# Prints the sources in which clang-tidy may find something. What takes the time is the headers, so ten sources are read
# as one; where that does not pass, be it for a name that two of the ten use, each is to be read by itself.
sources_in_doubt() {
  local -a tens
  local is_ten='s|^ *"file": "\(.*/vigie[a-z_]*\.dir/Unity/.*\)",*$|\1|p'
  mapfile -t tens < <(sed -n "$is_ten" build/tidy/compile_commands.json)
  [[ ${#tens[@]} -gt 0 ]] || die "build/tidy names no sources to read"
  # shellcheck disable=SC2016 # it is the inner shell that puts the name in
  printf '%s\0' "${tens[@]}" | xargs -0 -n 1 -P "$(nproc)" bash -c '
    clang-tidy-16 --quiet --checks=-bugprone-suspicious-include --extra-arg=-w -p build/tidy "$1" >/dev/null 2>&1 ||
      sed -n -e "\|\"$PWD/build/|d" -e "s|^#include \"\(.*\)\"|\1|p" "$1"' one_ten
}

# tidy_each [OPTION...]: reads each source that standard input names, one a line.
tidy_each() {
  # g++'s warnings are the build's business; -w keeps clang's own from being taken for errors of the build.
  xargs -r -d '\n' -n 2 -P "$(nproc)" clang-tidy-16 --quiet "$@" --extra-arg=-w -p build/dev \
    2> >(grep -vE 'warning.* generated|^\.?$' >&2) ||
    die "clang-tidy found what stands above, each with its place and its check in .clang-tidy"
}

tidy() {
  set_up "${build_packages[@]}" "${tidy_packages[@]}"
  configure dev
  configure tidy
  cd "$root"
  local in_doubt
  in_doubt=$(sources_in_doubt)
  [[ -z $in_doubt ]] || tidy_each <<<"$in_doubt"
  # Whether these are used is looked at only in a source that is read by itself.
  (rooms=(src connectors reports jobs) && sources_like '*.cpp') |
    xargs -0 grep -lE '^ *(using [A-Za-z_:]+::[A-Za-z_]+;|namespace [a-z_]+ = )' |
    tidy_each '--checks=-*,misc-unused-alias-decls,misc-unused-using-decls'
}

mutation() {
  set_up "${build_packages[@]}" python3
  compile dev rule_tests
  python3 "$root/tests/mutation/mutate.py" "$root/build/dev" "$@"
}

command=${1-}
[[ $# -eq 0 ]] || shift
case $command in
  bench) bench "$@" ;;
  bench-workbook) bench_workbook "$@" ;;
  mutation) mutation "$@" ;;
  demo | build | package | format | tidy)
    [[ $# -eq 0 ]] || die "$command takes no arguments"
    "$command"
    ;;
  test)
    [[ $# -eq 0 ]] || die "test takes no arguments"
    run_tests dev
    ;;
  asan)
    [[ $# -eq 0 ]] || die "asan takes no arguments"
    run_tests asan
    ;;
  -h | --help | help) usage ;;
  *)
    usage >&2
    exit 2
    ;;
esac
