#!/bin/sh
# Builds QuantLib's pricers as a library for `Plimsoll.Bench black76`, `scenarios` and `implied`. Needs g++ and libquantlib0-dev (Debian, Ubuntu).
set -eu
cd "$(dirname "$0")"
command -v g++ >/dev/null || { echo "g++ is not here: apt-get install g++" >&2; exit 1; }
[ -f /usr/include/ql/version.hpp ] || { echo "QuantLib is not here: apt-get install libquantlib0-dev" >&2; exit 1; }
mkdir -p bin
g++ -O3 -march=native -shared -fPIC -o bin/libquantlibbench.so quantlib.cpp -lQuantLib
echo "built $(pwd)/bin/libquantlibbench.so"
