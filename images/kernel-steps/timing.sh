# Sourced by the steps that measure: runs a command and says how long it took.
took() {
    what=$1
    shift
    from=$(date +%s%N)
    "$@"
    echo "faultline: took $what $((($(date +%s%N) - from) / 1000000)) ms"
}
