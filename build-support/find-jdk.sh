# Sourced by mvnw and ./twinspan: finds a JDK 25 and exports JAVA_HOME, so that an older `java` on the path does not matter.
# Looks at JAVA_HOME first, then at the variables and folders where Linux distributions and JDK managers put a JDK.

twinspan_is_jdk() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] && grep -q "^JAVA_VERSION=\"$2[.\"]" "$1/release"
}

twinspan_find_jdk() {
  wanted=25
  path_java=$(command -v javac 2>/dev/null) && path_java=$(readlink -f "$path_java") || path_java=
  for candidate in "${JAVA_HOME:-}" "${JAVA_HOME_25_X64:-}" "${JDK_25:-}" "${path_java%/bin/javac}" \
    /usr/lib/jvm/* /usr/java/* /opt/jdk* /opt/java/* "${HOME:-/nonexistent}"/.sdkman/candidates/java/* \
    "${HOME:-/nonexistent}"/.jdks/* "${HOME:-/nonexistent}"/.local/share/mise/installs/java/* \
    "${HOME:-/nonexistent}"/.asdf/installs/java/*; do
    if [ -n "$candidate" ] && twinspan_is_jdk "$candidate" "$wanted"; then
      JAVA_HOME=$candidate
      export JAVA_HOME
      return 0
    fi
  done
  echo "Twinspan needs a JDK $wanted and found none: install one (for example temurin-25-jdk or openjdk-25-jdk) or set JAVA_HOME to it." >&2
  return 1
}
