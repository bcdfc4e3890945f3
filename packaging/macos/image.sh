#!/usr/bin/env bash
# Muniment.app -> a .dmg. Signed and notarised where the secrets are there, and plainly unsigned
# where not: MUNIMENT_MAC_IDENTITY, and MUNIMENT_NOTARY_KEY (file), _KEY_ID, _ISSUER.
set -euo pipefail
app=$1
image=$2
here=$(cd "$(dirname "$0")" && pwd)
identity=${MUNIMENT_MAC_IDENTITY:-}

notarise() {
    xcrun notarytool submit "$1" --wait --key "$MUNIMENT_NOTARY_KEY" \
        --key-id "$MUNIMENT_NOTARY_KEY_ID" --issuer "$MUNIMENT_NOTARY_ISSUER"
}

if [ -n "$identity" ]; then
    # From the inside out; --deep would give every library the program's entitlements.
    find "$app/Contents" -type f \( -name '*.dylib' -o -name '*.so' \) -print0 |
        xargs -0 -n 20 codesign --force --timestamp --options runtime --sign "$identity"
    find "$app/Contents" -type d -name '*.framework' -print0 |
        xargs -0 -n 1 codesign --force --timestamp --options runtime --sign "$identity"
    codesign --force --timestamp --options runtime --entitlements "$here/entitlements.plist" \
        --sign "$identity" "$app"
    codesign --verify --strict --verbose=2 "$app"
    if [ -n "${MUNIMENT_NOTARY_KEY:-}" ]; then
        ditto -c -k --keepParent "$app" "$app.zip"
        notarise "$app.zip"
        rm "$app.zip"
        xcrun stapler staple "$app" # so that it opens on a Mac without a network
    fi
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cp -R "$app" "$folder/"
ln -s /Applications "$folder/Applications"
hdiutil create -quiet -ov -volname Muniment -srcfolder "$folder" -format UDZO "$image"
if [ -n "$identity" ]; then
    codesign --force --timestamp --sign "$identity" "$image"
    if [ -n "${MUNIMENT_NOTARY_KEY:-}" ]; then
        notarise "$image"
        xcrun stapler staple "$image"
    fi
fi
