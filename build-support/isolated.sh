# Sourced by commands in benchmarks/ that start gateways, after benchmarks.sh: run_isolated CLASS ARGUMENTS... runs a class
# in namespaces of its own for mounts, network and processes, so that nothing is left behind however it ends.
for program in ip unshare; do
  command -v "$program" >/dev/null 2>&1 || {
    echo "benchmarks: needs the program $program: apt-get install iproute2 util-linux" >&2
    exit 1
  }
done
if [ "$(id -u)" -ne 0 ]; then
  echo "benchmarks: needs root, because it makes network namespaces" >&2
  exit 1
fi

# The jars are copied, so that a build during the run changes nothing under the gateways.
isolated_work=$(mktemp -d "${TMPDIR:-/tmp}/twinspan-benchmark-XXXXXX")
mkdir "$isolated_work/jars" "$isolated_work/runs"
# shellcheck disable=SC2154 # set by benchmarks.sh
cp "$benchmarks_target"/benchmarks-*.jar "$benchmarks_target"/lib/*.jar "$isolated_work/jars"

isolated_child=
isolated_cleanup() {
  trap '' INT TERM HUP
  # Killing the first process of a process namespace ends all others in it, and with them their network namespaces.
  [ -z "$isolated_child" ] || kill -KILL "$isolated_child" 2>/dev/null || true
  [ -z "$isolated_child" ] || wait "$isolated_child" 2>/dev/null || true
  rm -rf -- "$isolated_work"
}
trap isolated_cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

run_isolated() {
  # shellcheck disable=SC2154 # set by the command
  TWINSPAN_JARS="$isolated_work/jars" unshare --mount --net --pid --fork --kill-child --mount-proc \
    sh -c 'mount -t tmpfs none /run && exec "$@"' sh \
    "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -Xmx256m -XX:+UseSerialGC \
    "-Dtwinspan.bench.folder=$isolated_work/runs" "-Dtwinspan.bench.launcher=$home/twinspan" \
    "-Dtwinspan.bench.target=$benchmarks_target" \
    -cp "$isolated_work/jars/*" "$@" &
  isolated_child=$!
  isolated_code=0
  wait "$isolated_child" || isolated_code=$?
  isolated_child=
  return "$isolated_code"
}
