#!/usr/bin/env bash
# The frozen folder -> an AppImage: packaging/appimage/build.sh, after build.py, where
# appimagetool is on the PATH. Not part of build.py: the tool comes from no package archive.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
folder=$root/build/frozen/AppDir
id=org.muniment.Muniment
version=$(sed -n 's/^version = "\(.*\)"/\1/p' "$root/pyproject.toml")
rm -rf "$folder"
mkdir -p "$folder/usr/lib"
cp -R "$root/build/frozen/dist/muniment" "$folder/usr/lib/muniment"
cp -R "$root/build/frozen/deb/usr/share" "$folder/usr/share"
cp "$folder/usr/share/applications/$id.desktop" "$folder/"
cp "$folder/usr/share/icons/hicolor/scalable/apps/$id.svg" "$folder/"
# An AppImage starts AppRun; the program finds its libraries from where it lies.
ln -s usr/lib/muniment/muniment "$folder/AppRun"
ARCH=$(uname -m) appimagetool "$folder" "$root/dist/muniment-$version-$(uname -m).AppImage"
