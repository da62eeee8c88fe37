A page puts what the report says first into its heading, and allows only itself to act.
--- file report.memsee
title Sales
text **3 things** grew. The largest is `a<b`.
text - first finding
  - second *finding*
text Suspects: a & b, `x; y`; the "second" part.
title Rows
text All of `them`.
caption Things & others
select 'a<b' name, 2589998 bytes, 46.2 percent, 140370446287104 address
title Next steps
text Next: `memsee summary`
--- cmd
memsee -o page.html report.memsee
grep -o '<title>.*</title>\|<h1.*</h1>\|<li>first.*\|<li>second.*\|<li>Suspects.*\|<li>the .*\|<h2.*</h2>\|<caption>.*</caption>\|<tr><td.*' page.html
grep -o "default-src 'none'; script-src 'sha256-[A-Za-z0-9+/]*=';" page.html | sed 's/256-.*/256/'
memsee -o again.html report.memsee && cmp page.html again.html
grep -c 'http:\|https:\|<link rel=.stylesheet\| src=' page.html
--- stdout
<title>3 things grew – memsee</title>
<h1 id="v"><strong>3 things</strong> grew</h1>
<li>first finding </li>
<li>second <em>finding</em></li>
<li>Suspects: a &amp; b, <code>x; y</code></li>
<li>the &quot;second&quot; part.</li>
<h2 id="h1">Rows</h2>
<caption>Things &amp; others</caption>
<tr><td class="nm"><span class="m">a&lt;b</span></td><td class="n"><data class="b" value="2589998" title="2,589,998 bytes">2.59 MB</data></td><td class="n"><svg class="cb" aria-hidden="true" width="112" height="11"><rect class="k-rest" fill="#cfd3d4" width="100%" height="100%"/></svg> <data class="w" value="46.2">46.2 %</data></td><td class="n"><data class="m a" value="140370446287104">140370446287104</data></td></tr>
<h2 id="h2">Next steps</h2>
<h2 id="h3">Next</h2>
default-src 'none'; script-src 'sha256
2
