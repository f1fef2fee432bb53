import decodeQR from 'qr/decode.js'
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type PageFixture, startPage } from '../support/page-fixture.ts'
import { pngPixels } from '../support/png-pixels.ts'
import { STUB_TICKET } from '../support/stub-network.ts'

let fixture: PageFixture

beforeEach(async () => {
  fixture = await startPage()
})
afterEach(async () => {
  await fixture.stop()
  expect(fixture.complaints).toEqual([])
})

const names = (page: Page) => page.locator('.devices .row').allTextContents()
const rowOf = (page: Page, name: string) => page.locator('.devices tbody tr', { hasText: name })
const idOf = (name: string) =>
  fixture.backend.current.items.find((item) => item.name === name)?.id ?? ''

describe('the page', () => {
  it('opens by the launch link and keeps its secrets out of the address', async () => {
    const page = await fixture.open()
    expect(await names(page)).toEqual(['ana', 'bob', 'cleo', 'dan', 'eve'])
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('home')
    expect(page.url()).toBe(`${fixture.url}#/`)
    expect(await page.evaluate(() => document.cookie + localStorage.length)).toBe('0')
    await page.reload()
    await page.locator('.freshness.live').waitFor()
    expect(await names(page)).toHaveLength(5)
  })

  it('says what to run when it has no way in, or a link that was used', async () => {
    const stranger = await fixture.open({ path: '' })
    await stranger.getByRole('heading', { name: 'Open this page from your command line' }).waitFor()
    const used = fixture.launchUrl()
    const page = await fixture.open({ path: used.slice(fixture.url.length) })
    await page.locator('.freshness.live').waitFor()
    const second = await fixture.open({ path: used.slice(fixture.url.length) })
    await second.getByRole('heading', { name: 'This link has been used or has expired' }).waitFor()
    expect(await second.locator('.command code').textContent()).toContain('asgard ui')
  })

  it('shows a change as it happens', async () => {
    const page = await fixture.open()
    expect(await rowOf(page, 'bob').locator('.health').textContent()).toBe('alive')
    fixture.backend.current.change(idOf('bob'), 'device:health', { health: 'failed', path: null })
    await rowOf(page, 'bob').locator('.health-failed').waitFor()
    expect(await page.locator('.event').first().textContent()).toContain('device:health')
  })

  it('catches up with what happened while the line was down', async () => {
    const page = await fixture.open()
    fixture.api.api.close()
    fixture.backend.current.change(idOf('cleo'), 'device:changed', { name: 'cleo-the-second' })
    await page.getByRole('button', { name: 'Open cleo-the-second' }).waitFor()
    await page.locator('.freshness.live').waitFor()
    expect(await page.locator('.event', { hasText: 'cleo-the-second' }).count()).toBe(1)
  })

  it('says that it may be stale while the node is away', async () => {
    const page = await fixture.open()
    await fixture.api.doors.close()
    await page.locator('.freshness.stale').waitFor()
    expect(await page.locator('.freshness').textContent()).toMatch(
      /Offline since \d\d:\d\d · may be stale/,
    )
  })

  it('ends when its session is ended', async () => {
    const page = await fixture.open()
    const token = await page.evaluate(() => sessionStorage.getItem('asgard.token'))
    const session = fixture.api.credentials.session(token ?? '')
    if (session !== undefined) fixture.api.credentials.revoke(session)
    fixture.backend.current.change(idOf('cleo'), 'device:changed', { note: 'x' })
    await page.getByRole('heading', { name: 'This session has ended' }).waitFor()
  })

  it('adds a device: a ticket to read, a code to scan, and who comes with it', async () => {
    fixture.backend.current.joins = []
    const page = await fixture.open()
    await page.getByRole('link', { name: 'Add a device' }).click()
    await page.getByLabel('operator').check()
    await page.getByLabel('Ticket is good for').selectOption('1 hour')
    expect(await page.locator('dialog .command').textContent()).toContain(
      'asgard invite --role operator --expires 1h --approve',
    )
    await page.getByRole('button', { name: 'Make the ticket' }).click()
    expect(await page.getByLabel('Ticket', { exact: true }).inputValue()).toBe(STUB_TICKET)
    const code = page.getByRole('img', { name: 'The ticket as a QR code' })
    const seen = decodeQR(pngPixels(await code.screenshot()))
    expect(seen).toBe(STUB_TICKET.toUpperCase())
    expect((await fixture.backend.current.invites())[0]).toMatchObject({
      role: 'operator',
      approve: true,
    })

    fixture.backend.current.ask()
    await page.locator('dialog').getByRole('button', { name: 'Approve fay', exact: true }).click()
    await page.getByText('fay has joined as member.').waitFor()
    await page.getByRole('button', { name: 'Done' }).click()
    expect(await names(page)).toContain('fay')
  })

  it('shows the words to compare, and lets in or turns away', async () => {
    const page = await fixture.open()
    expect(await page.locator('.words li').allTextContents()).toEqual([
      'copper',
      'violin',
      'meadow',
      'anchor',
    ])
    await page.getByRole('button', { name: 'Approve fay', exact: true }).click()
    await page.getByRole('button', { name: 'Open fay' }).waitFor()
    fixture.backend.current.ask({ id: 'join-2', name: 'gus', device: '12D3KooWGus' })
    await page.getByRole('button', { name: 'Deny gus', exact: true }).click()
    await page.locator('.join').waitFor({ state: 'detached' })
    expect(await names(page)).not.toContain('gus')
  })

  it('renames, tags, gives a role and removes, the last only with the name typed', async () => {
    const page = await fixture.open()
    await page.getByRole('button', { name: 'Open bob' }).click()
    await page.getByLabel('Name', { exact: true }).fill('bob-two')
    await page.getByLabel('Tags, with spaces between').fill('attic nas')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('heading', { name: 'bob-two', exact: true }).waitFor()
    expect(fixture.backend.current.items[1]).toMatchObject({ tags: ['attic', 'nas'] })
    await page.getByLabel('What it may do').selectOption('guest')
    await page.getByRole('button', { name: 'Give this role' }).click()
    await page.locator('dialog .facts', { hasText: 'guest' }).first().waitFor()

    const remove = page.getByRole('button', { name: 'Remove for good' })
    expect(await remove.isDisabled()).toBe(true)
    await page.getByLabel('to confirm').fill('bob-two')
    await remove.click()
    await page.getByText('2 of 3 have shut it out; waiting for eve (failed)').first().waitFor()
    expect(await names(page)).not.toContain('bob-two')
  })

  it('says why a device is relayed', async () => {
    const page = await fixture.open()
    await page.getByRole('button', { name: 'Open dan' }).click()
    await page.getByText('Its router changes ports per destination.').waitFor()
    expect(await page.locator('.attempts').textContent()).toContain('no answer within 2 s')
  })

  it('begins with a new network, or with a ticket', async () => {
    fixture.backend.all = []
    let admit = () => {}
    fixture.backend.admitted = new Promise((resolve) => {
      admit = resolve
    })
    const page = await fixture.open()
    await page.getByLabel('Ticket').fill('nonsense')
    await page.getByRole('button', { name: 'Join', exact: true }).click()
    await page.getByText('this is not a ticket').waitFor()
    await page.getByLabel('Ticket').fill(STUB_TICKET)
    await page.getByRole('button', { name: 'Join', exact: true }).click()
    await page.getByText('The other screen must show the same words').waitFor()
    admit()
    await page.getByRole('heading', { level: 1, name: 'joined' }).waitFor()

    fixture.backend.all = []
    await page.reload()
    await page.getByLabel('Name of the network').fill('attic')
    await page.getByRole('button', { name: 'Create' }).click()
    await page.getByRole('heading', { level: 1, name: 'attic' }).waitFor()
  })

  it('is worked by keyboard alone, and gives the focus back', async () => {
    const page = await fixture.open()
    const bob = page.getByRole('button', { name: 'Open bob' })
    await bob.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'bob' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await bob.evaluate((element) => element === document.activeElement)).toBe(true)
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.ariaLabel)).toBe('Open cleo')
  })

  it('closes what is open by Back', async () => {
    const page = await fixture.open()
    await page.getByRole('button', { name: 'Open bob' }).click()
    await page.getByRole('dialog').waitFor()
    await page.goBack()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })
})
