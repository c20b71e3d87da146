import assert from 'node:assert/strict';
import { panelHtml } from '../../../../src/vscode/connect/panelHtml.ts';

const parts = {
  title: 'Connect "<Payments>" & more',
  language: 'en',
  cspSource: 'https://*.example',
  nonce: '0f0e',
  script: 'https://a.example/main.js?x="><script>',
  style: 'https://a.example/style.css',
  icons: 'https://a.example/codicon.css',
};

describe('the page around the connect form', () => {
  it('allows only our script, style sheets and font', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(panelHtml(parts))?.[1];
    assert.equal(
      policy,
      "default-src 'none'; script-src 'nonce-0f0e'; style-src https://*.example; font-src https://*.example; base-uri 'none'; form-action 'none'",
    );
  });

  it('lets nothing out of its place', () => {
    const html = panelHtml(parts);
    assert.equal(html.match(/<script/g)?.length, 1);
    assert.match(html, /<title>Connect &#34;&#60;Payments&#62;&#34; &#38; more<\/title>/);
  });

  it('has no inline style', () => assert.doesNotMatch(panelHtml(parts), /style=|<style/));
});
