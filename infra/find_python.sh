#!/bin/sh
# Prints the first Python that can carry the project: 3.11 to 3.14, with the venv module.
# $1, where given, is the only one tried.

fits='import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))'

for python in ${1:-python3 python3.13 python3.12 python3.11 python3.14}; do
    if "$python" -c "$fits" 2>/dev/null; then
        command -v "$python"
        exit 0
    fi
done

{
    echo "No suitable Python: needed is one of 3.11 to 3.14 with its venv module."
    for python in ${1:-python3 python3.11 python3.12 python3.13 python3.14}; do
        if command -v "$python" >/dev/null; then
            "$python" -c 'import sys; print(" ", sys.executable, "is", sys.version.split()[0])'
            "$python" -c 'import venv, ensurepip' 2>/dev/null || echo "    and has no venv module"
        fi
    done
    echo "On Debian or Ubuntu: apt-get install python3 python3-venv"
    echo "One that lies elsewhere: make … PYTHON=/path/to/python3.12"
} >&2
exit 1
