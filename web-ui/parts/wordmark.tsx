/** Three devices and what joins them. */
export function Wordmark() {
  return (
    <span class="wordmark">
      <svg viewBox="0 0 32 32" aria-hidden="true">
        <path class="stroke" d="M16 8 8 23.5M16 8l8 15.5M11 18h10" />
        <circle class="solid" cx="16" cy="7.5" r="3.4" />
        <circle class="solid" cx="7.5" cy="24" r="3.4" />
        <circle class="solid" cx="24.5" cy="24" r="3.4" />
      </svg>
      asgard
    </span>
  )
}
