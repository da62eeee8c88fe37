No name, caption, value or column of a hostile script or heap becomes markup in a page.
--- file report.memsee
title <script>a()</script>
text [x](javascript:alert(1)) <img src=x onerror=a()> `</code><b>`
caption "><script>b()</script>
select '</script><script>c()</script>' "</th><svg onload=d()>", '<!--' || char(8238, 27, 8232) type
select value, '</script><script>e()</script>' name from (with recursive n(value) as (values(1) union all select value + 1 from n where value < 60) select value from n)
--- cmd
memsee -o page.html report.memsee
sed -n '/<body>/,/^<script>/p' page.html | grep -v '^<script>$' | grep -io '<script[^>]*>\|<img[^>]*\|<svg onload\|<b>[^<]*\|href="javascript[^"]*\| on[a-z]*=[^ ]*'
grep -o 'lt;!--[^<]*' page.html
grep -o ',"\\u003c/script>[^"]*"' page.html | sort | uniq -c | sed 's/^ *//'
--- stdout
<b>memsee
 onerror=a()&gt;
 onload=d()&gt;</th><th
<script type="application/json" id="r2">
<script>
lt;!--\u202e\x1b\u2028
10 ,"\u003c/script>\u003cscript>e()\u003c/script>"
