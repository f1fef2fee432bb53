import { fitTo, padTo, safeText, widthOf } from './safe-text.ts'
import type { Style } from './terminal.ts'

export interface Column {
  readonly title: string
  /** Cut when the terminal is narrow. */
  readonly canShrink?: boolean
  /** Left out, the rightmost first, when cutting is not enough. */
  readonly isOptional?: boolean
  readonly alignRight?: boolean
  readonly style?: (cell: string) => Style | undefined
}

const GAP = '  '
const SHRUNK_MIN_COLUMNS = 6

/** A table whose cells are made safe, aligned by their width in a terminal and made to fit into it. */
export function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  available: number,
  paint: (style: Style, text: string) => string,
): string {
  const all = rows.map((row) => columns.map((_, i) => safeText(row[i] ?? '')))
  const kept = keptColumns(columns, all, available)
  const shown = kept.map((i) => columns[i] ?? { title: '' })
  const cells = all.map((row) => kept.map((i) => row[i] ?? ''))
  const widths = shrunkWidths(shown, cells, available)
  const render = (
    row: readonly string[],
    styleOf: (column: Column, cell: string) => Style | undefined,
  ) => {
    const line = shown.map((column, i) => {
      const width = widths[i] ?? 0
      const cell = fitTo(row[i] ?? '', width)
      const style = styleOf(column, row[i] ?? '')
      const painted = style === undefined || cell === '' ? cell : paint(style, cell)
      const padding = ' '.repeat(Math.max(0, width - widthOf(cell)))
      return column.alignRight === true ? padding + painted : painted + padding
    })
    return `${line.join(GAP).trimEnd()}\n`
  }
  const titles = shown.map((column) => column.title)
  const head = titles.some((title) => title !== '') ? render(titles, () => 'dim') : ''
  return head + cells.map((row) => render(row, (column, cell) => column.style?.(cell))).join('')
}

/** Two aligned columns without titles: what a thing is called, what it is. */
export function renderPairs(pairs: readonly (readonly [string, string])[]): string {
  const width = Math.max(0, ...pairs.map(([label]) => widthOf(label)))
  return pairs.map(([label, value]) => `${padTo(label, width)}${GAP}${value}\n`).join('')
}

const naturalWidths = (
  columns: readonly Column[],
  cells: readonly (readonly string[])[],
): number[] =>
  columns.map((column, i) =>
    Math.max(widthOf(column.title), ...cells.map((row) => widthOf(row[i] ?? ''))),
  )

const leastWidth = (column: Column, natural: number): number =>
  column.canShrink === true
    ? Math.min(natural, Math.max(SHRUNK_MIN_COLUMNS, widthOf(column.title)))
    : natural

const totalOf = (widths: readonly number[]): number =>
  widths.reduce((sum, width) => sum + width, GAP.length * Math.max(0, widths.length - 1))

/** Which columns there is room for at their least width. */
function keptColumns(
  columns: readonly Column[],
  cells: readonly (readonly string[])[],
  available: number,
): number[] {
  const least = naturalWidths(columns, cells).map((width, i) =>
    leastWidth(columns[i] ?? { title: '' }, width),
  )
  let kept = columns.map((_, i) => i)
  while (totalOf(kept.map((i) => least[i] ?? 0)) > available) {
    const dropped = kept.findLast((i) => columns[i]?.isOptional === true)
    if (dropped === undefined) break
    kept = kept.filter((i) => i !== dropped)
  }
  return kept
}

/** The widest column that may be cut gives way first. */
function shrunkWidths(
  columns: readonly Column[],
  cells: readonly (readonly string[])[],
  available: number,
): number[] {
  const widths = naturalWidths(columns, cells)
  for (let excess = totalOf(widths) - available; excess > 0; excess--) {
    let widest = -1
    columns.forEach((column, i) => {
      const width = widths[i] ?? 0
      if (width > leastWidth(column, width) && width > (widths[widest] ?? 0)) widest = i
    })
    if (widest === -1) break
    widths[widest] = (widths[widest] ?? 0) - 1
  }
  return widths
}
