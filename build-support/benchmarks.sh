# Sourced by the commands in benchmarks/ after `home` is set: finds a JDK 25, builds what is older than its sources, and sets
# `classpath`.
. "$home/build-support/find-jdk.sh"
twinspan_find_jdk || exit 1

benchmarks_target=$home/benchmarks/target
classpath="$benchmarks_target/classes:$benchmarks_target/lib/*"

benchmarks_are_stale() {
  [ -f "$benchmarks_target/built" ] || return 0
  [ -n "$(find "$home/pom.xml" "$home"/*/pom.xml "$home"/*/src/main -newer "$benchmarks_target/built" -type f -print 2>/dev/null | head -n 1)" ]
}

if benchmarks_are_stale; then
  echo "benchmarks: building ..." >&2
  (cd "$home" && ./mvnw -q -B -DskipTests -Dspotless.check.skip -pl benchmarks -am package) >&2
  : >"$benchmarks_target/built"
fi
