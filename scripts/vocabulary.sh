#!/usr/bin/env bash
# Makes the vocabulary file from the packages named in data/requirements.txt.
#
#   scripts/vocabulary.sh OUTPUT
#
# The result is kept in CONFAB_CACHE (the output's folder when that is not set) under the hash of its inputs, so
# that the packages are fetched once and not for every build tree.
set -euo pipefail
output=$1
data=$(cd "$(dirname "$0")/../data" && pwd)
cache=${CONFAB_CACHE:-$(dirname "$output")}
mkdir -p "$cache" "$(dirname "$output")"
key=$(cd "$data" && find . -type f ! -name '*.md' ! -path '*/__pycache__/*' -print0 | sort -z | xargs -0 sha256sum | sha256sum | cut -c1-16)
kept="$cache/vocabulary-$key.bin"
if [ ! -s "$kept" ]; then
  python=${CONFAB_PYTHON:-python3}
  packages=$(sha256sum "$data/requirements.txt" | cut -c1-16)
  environment="$cache/vocabulary-venv-$packages"
  if [ ! -e "$environment/ready" ]; then
    rm -rf "$environment"
    "$python" -m venv "$environment" || {
      echo "vocabulary.sh: cannot make a Python environment; on Debian install python3-venv" >&2
      exit 1
    }
    "$environment/bin/pip" install --quiet --disable-pip-version-check -r "$data/requirements.txt" || {
      echo "vocabulary.sh: cannot fetch the packages of data/requirements.txt with pip" >&2
      exit 1
    }
    touch "$environment/ready"
  fi
  PYTHONDONTWRITEBYTECODE=1 "$environment/bin/python" "$data/build_vocabulary.py" "$kept"
fi
cp "$kept" "$output.part"
mv "$output.part" "$output"
