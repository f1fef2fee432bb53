/** Takes `docs/page.png` from a real demo: `node scripts/page-picture.ts`. Needs Debian's Chromium. */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { chromium } from 'playwright-core'

const demo = spawn('node', ['dist/asgard.js', 'demo', '--no-open', '--json'], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
const ended = new Promise((resolve) => demo.once('exit', resolve))
for await (const line of createInterface({ input: demo.stdout })) {
  const { ui } = JSON.parse(line) as { ui: string }
  await take(ui)
  demo.kill('SIGTERM')
  break
}
await ended

async function take(url: string): Promise<void> {
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 } })
  await page.goto(url)
  await page.getByText('3 of 3 devices').first().waitFor()
  await page.getByText(/\d ms/).first().waitFor()
  await page.getByText('Live', { exact: true }).waitFor()
  await page.screenshot({ path: 'docs/page.png' })
  await browser.close()
}
