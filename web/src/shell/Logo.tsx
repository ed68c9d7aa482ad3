/** The mark of the product, as in `public/icon.svg`. */
export function Logo({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden>
      <rect width="32" height="32" rx="8" fill="#3d52d5" />
      <path
        d="M7 21.5l5.5-6 4.5 3.5L25 10"
        fill="none"
        stroke="#fff"
        strokeWidth="2.75"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <circle cx="25" cy="10" r="2.4" fill="#7ff0c8" />
    </svg>
  );
}
