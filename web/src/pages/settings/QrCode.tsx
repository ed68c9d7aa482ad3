import { encode } from "uqr";
import { useMemo } from "react";

/** Modules of silence around the code, as the standard asks for. */
const QUIET = 4;

/** A QR code as one path: dark on white in both themes, since not every camera reads the other way round. */
export function QrCode({ text, label, size = 208 }: { text: string; label: string; size?: number }) {
  const { path, modules } = useMemo(() => {
    const { data, size: modules } = encode(text, { border: 0 });
    const path = data
      .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : "")))
      .join("");
    return { path, modules: modules + 2 * QUIET };
  }, [text]);
  return (
    <svg width={size} height={size} viewBox={`0 0 ${modules} ${modules}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <rect width={modules} height={modules} rx="2" fill="#fff" />
      <path d={path} fill="#0c0f15" />
    </svg>
  );
}
