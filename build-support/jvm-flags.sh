# Sourced by the launchers: sets jvm_flags to what Java is started with for a command.

twinspan_jvm_flags() {
  jvm_flags="--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -XX:+UseSerialGC"
  case $1 in
  lab | run)
    # Classes need about 40 MiB: without the room from the start, a full collection half a minute after it stops all
    # traffic. Packet buffers are long arrays that stay for ever: in the young generation each early collection would
    # copy them. TWINSPAN_JVM_FLAGS replaces heap and collector.
    memory_flags="-Xms64m -Xmx512m -XX:MetaspaceSize=96m -XX:+UseSerialGC -XX:PretenureSizeThreshold=32k"
    jvm_flags="--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
${TWINSPAN_JVM_FLAGS:-$memory_flags} -XX:+ExitOnOutOfMemoryError"
    ;;
  *)
    jvm_flags="$jvm_flags -XX:TieredStopAtLevel=1 -Xmx128m"
    ;;
  esac
}
