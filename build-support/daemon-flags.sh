# Flags of the JVM for what stays. To be sourced.
# shellcheck shell=sh disable=SC2034
# Classes need about 40 MiB: without the room from the start, a full collection half a minute after it stops all traffic.
# Packet buffers are long arrays that stay for ever: in the young generation each early collection would copy them.
# TWINSPAN_JVM_FLAGS replaces heap and collector.
memory_flags="-Xms64m -Xmx512m -XX:MetaspaceSize=96m -XX:+UseSerialGC -XX:PretenureSizeThreshold=32k"
daemon_flags="--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow ${TWINSPAN_JVM_FLAGS:-$memory_flags} -XX:+ExitOnOutOfMemoryError"
