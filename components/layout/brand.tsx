/** The mark: two gate posts with water between them. */
export function BrandMark() {
  return (
    <svg aria-hidden="true" viewBox="0 0 32 32" className="size-7 shrink-0">
      <rect width="32" height="32" rx="7" className="fill-solid" />
      <path d="M8 7v18M24 7v18" className="stroke-on-solid" strokeWidth="3" strokeLinecap="round" />
      <path
        d="M8 12c4-3 5 3 8 0s4 3 8 0M8 20c4-3 5 3 8 0s4 3 8 0"
        fill="none"
        className="stroke-on-solid"
        strokeWidth="2.5"
        strokeLinecap="round"
      />
    </svg>
  );
}
