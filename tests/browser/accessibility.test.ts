import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type PageFixture, seriousFaults, startPage } from '../support/page-fixture.ts'

let fixture: PageFixture

beforeAll(async () => {
  fixture = await startPage()
  fixture.backend.warnings = [
    {
      code: 'clock-skew',
      severity: 'warning',
      device: null,
      text: 'a clock is ahead',
      fix: 'asgard doctor',
    },
    {
      code: 'disk',
      severity: 'error',
      device: null,
      text: 'the disk is full',
      fix: 'asgard doctor',
    },
    { code: 'lan', severity: 'info', device: null, text: 'LAN only for now', fix: '' },
  ]
  await fixture.backend.current.revoke('cleo', 'lost')
})
afterAll(() => fixture.stop())

/** Each view of the page, and how to get there from the overview. */
const views: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  overview: async (page) => page.locator('.ring').waitFor(),
  device: async (page) => {
    await page.getByRole('button', { name: 'Open dan' }).click()
    await page.locator('.attempts').waitFor()
  },
  add: async (page) => {
    await page.getByRole('link', { name: 'Add a device' }).click()
    await page.getByLabel('guest').check()
  },
  ticket: async (page) => {
    await page.getByRole('link', { name: 'Add a device' }).click()
    await page.getByRole('button', { name: 'Make the ticket' }).click()
    await page.locator('.qr').waitFor()
  },
  'first run': async (page) => {
    const { all } = fixture.backend
    fixture.backend.all = []
    await page.reload()
    await page.getByLabel('Ticket').fill('nonsense')
    await page.getByRole('button', { name: 'Join', exact: true }).click()
    await page.locator('.failure').waitFor()
    fixture.backend.all = all
  },
  'signed out': async (page) => {
    await page.evaluate(() => sessionStorage.clear())
    await page.reload()
    await page.locator('.quiet h1').waitFor()
  },
}

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  it.each(Object.keys(views))('axe finds nothing serious in: %s', async (name) => {
    const page = await fixture.open({ colorScheme })
    await views[name]?.(page)
    expect(await seriousFaults(page)).toEqual([])
    await page.context().close()
  })
})

describe('at 360 px', () => {
  it.each(Object.keys(views))('nothing is wider than the screen in: %s', async (name) => {
    const page = await fixture.open({ viewport: { width: 360, height: 740 } })
    await views[name]?.(page)
    const overflow = await page.evaluate(() => {
      const open = document.querySelector('dialog') ?? document.documentElement
      return [
        open.scrollWidth - open.clientWidth,
        document.documentElement.scrollWidth - innerWidth,
      ]
    })
    expect(overflow).toEqual([0, 0])
    await page.context().close()
  })
})
