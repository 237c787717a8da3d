#!/bin/sh
# Proves the model of the handoff with spin, and shows that each weakened version of it breaks, with the trace that
# breaks it. Needs spin and a C compiler (on Debian: apt-get install spin gcc). Takes two minutes and 1 GB.
#
#   docs/model/check.sh [FOLDER]     FOLDER: where verifiers and traces go, by default target/model
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
model=$here/handoff.pml
folder=${1:-target/model}
for tool in spin gcc; do
    command -v "$tool" >/dev/null || { printf 'check.sh: needs %s (on Debian: apt-get install spin gcc)\n' "$tool" >&2; exit 2; }
done
mkdir -p "$folder"
cd "$folder"
rm -f ./*.trail ./*.trace pan ./pan.*

# verify NAME SPIN-OPTION COMPILER-OPTION: leaves the verifier's words in NAME.out
verify() {
    # $2 and $3 are none or one option
    # shellcheck disable=SC2086
    spin $2 -a "$model" >/dev/null
    # shellcheck disable=SC2086
    gcc -O2 -DSAFETY -DCOLLAPSE -DMEMLIM=3000 $3 -o pan pan.c
    ./pan -m100000 -E >"$1.out" 2>&1
}

failed=0

proves() {
    verify "$1" "$2" ""
    states=$(sed -n 's/^ *\([0-9][0-9]*\) states, stored.*/\1/p' "$1.out")
    if grep -q 'errors: 0' "$1.out" && ! grep -q -e 'bound' -e 'max search depth too small' "$1.out"; then
        printf 'holds     %-18s %s states\n' "$1" "$states"
    else
        printf 'BROKEN    %-18s see %s\n' "$1" "$folder/$1.out"
        failed=1
    fi
}

rejects() {
    verify "$1" "-D$1" "-DREACH"
    if [ ! -f handoff.pml.trail ]; then
        printf 'ACCEPTED  %-18s see %s\n' "$1" "$folder/$1.out"
        failed=1
        return
    fi
    mv handoff.pml.trail "$1.trail"
    spin "-D$1" -t -k "$1.trail" -p -g "$model" >"$1.trace" 2>&1 || true
    printf 'rejected  %-18s %s, after %s steps: %s\n' "$1" \
        "$(sed -n 's/^pan:1: assertion violated *\(.*\) (at depth [0-9]*)$/\1/p' "$1.out")" \
        "$(grep -c 'proc ' "$1.trace")" "$folder/$1.trace"
}

proves handoff ""
for harmless in H_READ_FIRST H_NO_PASS; do
    proves "$harmless" "-D$harmless"
done
for weakened in W_FORGET_LATE W_ANYBODY_GIVES W_SENT_TO_LATE W_NO_DRAIN W_STRAY_HINT W_NO_QUEUE W_NO_WAKE W_DONE_EARLY \
    W_ACK_EARLY W_CANCEL_THERE; do
    rejects "$weakened"
done
exit $failed
