# Flags of the JVM for every command that is soon over. An AOT cache is only used with the collector and the access flags
# that it was made with. To be sourced.
# shellcheck shell=sh disable=SC2034
cli_flags="--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx128m -XX:-UsePerfData -Xlog:disable"
