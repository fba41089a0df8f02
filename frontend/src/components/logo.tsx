/** The mark: a T that sends. Decorative; the name stands beside it. */
export function LogoMark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="#067680" />
      <g fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round">
        <path d="M11.5 10.5h9M16 10.5v12" />
        <path
          d="M8.6 20.6a8.6 8.6 0 0 1 0-9.2M23.4 20.6a8.6 8.6 0 0 0 0-9.2"
          stroke="var(--ts-mint)"
        />
      </g>
    </svg>
  );
}
