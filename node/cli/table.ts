import { fitTo, padTo, safeText, widthOf } from './safe-text.ts'
import type { Style } from './terminal.ts'

export interface Column {
  readonly title: string
  /** Columns that may be cut when the terminal is narrow; the others never are. */
  readonly canShrink?: boolean
  readonly alignRight?: boolean
  readonly style?: (cell: string) => Style | undefined
}

const GAP = '  '
const SHRUNK_MIN_COLUMNS = 6

/** A table whose cells are made safe, aligned by their width in a terminal and cut where `columns` ends. */
export function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  available: number,
  paint: (style: Style, text: string) => string,
): string {
  const cells = rows.map((row) => columns.map((_, i) => safeText(row[i] ?? '')))
  const widths = widthsOf(columns, cells, available)
  const render = (row: readonly string[], styleOf: (i: number) => Style | undefined): string => {
    const line = row
      .map((cell, i) => {
        const width = widths[i] ?? 0
        const cut = fitTo(cell, width)
        const isLast = i === row.length - 1
        const padding = ' '.repeat(Math.max(0, width - widthOf(cut)))
        const style = styleOf(i)
        const painted = style === undefined ? cut : paint(style, cut)
        if (columns[i]?.alignRight === true) return padding + painted
        return isLast ? painted : painted + padding
      })
      .join(GAP)
    return `${line.trimEnd()}\n`
  }
  const titles = columns.map((column) => column.title)
  const head = titles.some((title) => title !== '') ? render(titles, () => 'dim') : ''
  return head + cells.map((row) => render(row, (i) => columns[i]?.style?.(row[i] ?? ''))).join('')
}

/** Two aligned columns without titles: what a thing is called, what it is. */
export function renderPairs(pairs: readonly (readonly [string, string])[]): string {
  const width = Math.max(0, ...pairs.map(([label]) => widthOf(label)))
  return pairs.map(([label, value]) => `${padTo(label, width)}${GAP}${value}\n`).join('')
}

function widthsOf(
  columns: readonly Column[],
  cells: readonly (readonly string[])[],
  available: number,
): number[] {
  const widths = columns.map((column, i) =>
    Math.max(widthOf(column.title), ...cells.map((row) => widthOf(row[i] ?? ''))),
  )
  let excess =
    widths.reduce((sum, width) => sum + width, GAP.length * (columns.length - 1)) - available
  // The widest column that may shrink gives way first.
  while (excess > 0) {
    let widest = -1
    columns.forEach((column, i) => {
      const width = widths[i] ?? 0
      if (column.canShrink === true && width > SHRUNK_MIN_COLUMNS && width > (widths[widest] ?? 0))
        widest = i
    })
    if (widest === -1) break
    widths[widest] = (widths[widest] ?? 0) - 1
    excess--
  }
  return widths
}
