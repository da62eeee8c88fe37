A cycle is no tree: its objects are layers, and the reference that closes it leads back to the
left, past what is between; what holds it is on the left.  What refers to itself has its line at its
side.
--- file ring.json
{"address": 1, "type": "module", "size": 50, "name": "shop", "refs": [2]}
{"address": 2, "type": "Node", "size": 48, "refs": [3]}
{"address": 3, "type": "<b>&amp;", "size": 48, "refs": [2, 3]}
--- file self.json
{"address": 1, "type": "Self", "size": 50, "refs": [1]}
--- cmd
memsee -q -f svg -e 'read ring.json' cycles 'plot chain' | sed '/<style>/,/<\/style>/d'
memsee -q -f html -e 'read ring.json' cycles 'plot chain' | grep -c 'class="gr"'
memsee -q -f html -e 'read self.json' cycles | grep -o '<svg class="gr".*/><svg'
--- stdout
<svg xmlns="http://www.w3.org/2000/svg" width="960" height="135" font-family="system-ui,-apple-system,'Segoe UI',Roboto,'Liberation Sans',sans-serif" font-size="12">
<rect class="paper" fill="#fcfcfa" width="100%" height="100%"/>
<svg x="16" y="16" width="928" height="103">
<text class="tb" x="0" y="15" font-size="14" font-weight="650">What holds them</text>
<svg class="pic" font-size="12" role="img" y="28" height="43" aria-label="What holds them"><path class="ge" fill="none" stroke="#585d63" d="M434 14.5C493 14.5 493 14.5 545 14.5"/><path class="ga" fill="#585d63" d="M552 14.5l-8 -4v8z"/><path class="ge" fill="none" stroke="#585d63" d="M441 27.5C493 27.5 493 27.5 552 27.5"/><path class="ga" fill="#585d63" d="M434 27.5l8 -4v8z"/><path class="ge" fill="none" stroke="#585d63" d="M158 21.0C217 21.0 217 21.0 269 21.0"/><path class="ga" fill="#585d63" d="M276 21.0l-8 -4v8z"/><svg x="276" y="0" width="158" height="42"><title>Node</title><rect class="gb gm" fill="#fff" stroke="#d55e00" x="1" y="1" width="156" height="40" rx="6"/><text class="tb" font-weight="650" x="9" y="17">Node</text><text class="t2" x="9" y="33">48 B</text></svg>
<svg x="552" y="0" width="158" height="42"><title>&lt;b&gt;&amp;amp;</title><rect class="gb gm" fill="#fff" stroke="#d55e00" x="1" y="1" width="156" height="40" rx="6"/><text class="tb" font-weight="650" x="9" y="17">&lt;b&gt;&amp;amp;</text><text class="t2" x="9" y="33">48 B</text></svg>
<svg x="0" y="0" width="158" height="42"><title>module
shop</title><rect class="gb" fill="#fff" stroke="#dedfda" x="1" y="1" width="156" height="40" rx="6"/><text class="tb" font-weight="650" x="9" y="17">module</text><text class="t2" x="9" y="33">shop</text></svg>
</svg>
</svg>
</svg>
1
<svg class="gr" font-size="12" role="img" width="276" height="43" aria-label="1 object and the reference to itself"><path class="ge" fill="none" stroke="#585d63" d="M158 27.5C198 27.5 198 14.5 165 14.5"/><path class="ga" fill="#585d63" d="M158 14.5l8 -4v8z"/><svg
