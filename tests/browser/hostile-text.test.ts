import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type PageFixture, startPage } from '../support/page-fixture.ts'
import { stubDevice, stubJoin } from '../support/stub-mesh.ts'

const MARKUP = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>'
const HOSTILE = [
  MARKUP,
  '\u202Egnp.tnemucod',
  '\u001b[31;1mred\u001b[2J',
  'x'.repeat(10_240),
  'javascript:alert(1)',
  '\u0000\u200b\u2066\ud800',
  '👩‍🔧'.repeat(200),
  'نجمة',
]

let fixture: PageFixture

beforeAll(async () => {
  fixture = await startPage()
  const { current } = fixture.backend
  const hostile = HOSTILE.map((text, at) => {
    const device = stubDevice({ id: `12D3KooWHostile${at}`, name: text })
    return {
      ...device,
      kind: text,
      platform: text,
      version: text,
      note: text,
      tags: [text],
      capabilities: [text],
      addresses: [text],
      flags: [{ code: text, detail: text }],
    }
  })
  current.items = [...current.items, ...hostile]
  current.joins = HOSTILE.map((text, at) =>
    stubJoin({
      id: `join-${at}`,
      device: `12D3Join${at}`,
      name: text,
      platform: text,
      address: text,
      words: [text],
    }),
  )
  current.name = MARKUP
  current.partition = MARKUP
  fixture.backend.warnings = [
    { code: 'x', severity: 'warning', device: '12D3KooWHostile0', text: MARKUP, fix: MARKUP },
  ]
  for (const text of HOSTILE) {
    fixture.backend.events.publish({
      type: 'device:changed',
      network: null,
      device: null,
      text,
      data: {},
    })
  }
})
afterAll(() => fixture.stop())

describe('text from other devices', () => {
  it('is shown as text, with nothing hidden and nothing moved', async () => {
    const page = await fixture.open()
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(MARKUP)
    const names = await page.locator('.devices .row').allTextContents()
    expect(names[5]).toContain('<img src=x onerror=')
    expect(names[6]).toBe('U+202Egnp.tnemucod')
    expect(names[7]).toBe('ESC[31;1mredESC[2J')
    expect(names[8]).toHaveLength(65)
    expect(names[10]).toBe('U+0000U+200BU+2066U+D800')
    expect(names[12]).toBe('نجمة')
    for (const [at] of HOSTILE.entries()) {
      await page.goto(`${fixture.url}#/device/12D3KooWHostile${at}`)
      await page.locator('dialog .attempts').waitFor()
      await page.keyboard.press('Escape')
    }
    expect(await page.locator('img, script:not([src="/page.js"]), iframe, object').count()).toBe(0)
    expect(await page.evaluate(() => 'pwned' in window)).toBe(false)
    expect(fixture.complaints).toEqual([])
  })

  it('leaves the page no wider than the screen', async () => {
    for (const width of [360, 1_280]) {
      const page = await fixture.open({ viewport: { width, height: 800 } })
      for (const hash of ['#/', ...HOSTILE.map((_, at) => `#/device/12D3KooWHostile${at}`)]) {
        await page.goto(`${fixture.url}${hash}`)
        const wide = await page.evaluate(() => {
          const open = document.querySelector('dialog') ?? document.documentElement
          return Math.max(
            open.scrollWidth - open.clientWidth,
            document.documentElement.scrollWidth - innerWidth,
          )
        })
        expect({ hash, width, wide }).toEqual({ hash, width, wide: 0 })
      }
    }
  })
})
