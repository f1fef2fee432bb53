import { describe, expect, it } from 'vitest'
import { renderPairs, renderTable, type Column } from '../../../node/cli/table.ts'

const columns: readonly Column[] = [
  { title: 'NAME', canShrink: true },
  { title: 'RTT', alignRight: true },
  { title: 'NOTE', canShrink: true, isOptional: true },
]
const plain = (_: string, text: string): string => text
const render = (rows: readonly (readonly string[])[], width: number): string[] =>
  renderTable(columns, rows, width, plain).trimEnd().split('\n')

describe('a table', () => {
  it('is aligned by what a terminal shows, and has no blanks at its ends', () => {
    expect(
      render(
        [
          ['家族', '2 ms', 'x'],
          ['bob', '14 ms', ''],
        ],
        Infinity,
      ),
    ).toEqual(['NAME    RTT  NOTE', '家族   2 ms  x', 'bob   14 ms'])
  })

  it('cuts the widest column first where the terminal ends, but not below its title', () => {
    const rows = [['a'.repeat(30), '1 ms', 'b'.repeat(12)]]
    expect(render(rows, 40)[1]).toBe(`${'a'.repeat(19)}…  1 ms  ${'b'.repeat(12)}`)
    expect(render(rows, 22)[1]).toBe('aaaaaa…  1 ms  bbbbbb…')
  })

  it('leaves out what is optional when cutting is not enough', () => {
    expect(render([['a'.repeat(30), '1 ms', 'b'.repeat(12)]], 16)).toEqual([
      'NAME         RTT',
      'aaaaaaaaa…  1 ms',
    ])
  })

  it('paints cells without losing their alignment', () => {
    const painted = renderTable(
      [{ title: 'A', style: () => 'red' }, { title: 'B' }],
      [
        ['x', 'y'],
        ['long', 'z'],
      ],
      80,
      (style, text) => `<${style}>${text}</>`,
    )
    expect(painted).toBe('<dim>A</>     <dim>B</>\n<red>x</>     y\n<red>long</>  z\n')
  })

  it('has no head without titles, and copes with short rows', () => {
    expect(renderTable([{ title: '' }, { title: '' }], [['a']], 80, plain)).toBe('a\n')
  })
})

it('pairs are aligned', () =>
  expect(
    renderPairs([
      ['ID', 'x'],
      ['Name', 'y'],
    ]),
  ).toBe('ID    x\nName  y\n'))
