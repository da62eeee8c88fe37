A picture in a file of its own is as wide as its graph; lines over several layers run between the
boxes.
--- cmd
for i in 1 2 3 4 5 6 7; do
    printf '{"address": %d, "type": "T%d", "size": 48, "refs": [%d, 8]}\n' $i $i $((i + 1))
done > long.json
printf '{"address": 8, "type": "T8", "size": 48, "refs": [8]}\n' >> long.json
memsee -q -f svg -e 'read long.json' \
    'path from "address = 1" to "address = 8" first 9' 'plot chain' |
    grep -o '^<svg xmlns.* height="[0-9]*"\|<svg x="[0-9]*" y="[0-9]*" width="158"\|<path class="ge"[^>]*>'
--- stdout
<svg xmlns="http://www.w3.org/2000/svg" width="2122" height="367"
<path class="ge" fill="none" stroke="#585d63" d="M158 259.5C217 259.5 217 258.0 276 258.0L434 258.0C493 258.0 493 258.0 552 258.0L710 258.0C769 258.0 769 258.0 828 258.0L986 258.0C1045 258.0 1045 258.0 1104 258.0L1262 258.0C1321 258.0 1321 258.0 1380 258.0L1538 258.0C1597 258.0 1597 258.0 1656 258.0L1814 258.0C1873 258.0 1873 180.0 1925 180.0"/>
<path class="ge" fill="none" stroke="#585d63" d="M158 246.5C217 246.5 217 214.0 269 214.0"/>
<path class="ge" fill="none" stroke="#585d63" d="M434 220.5C493 220.5 493 219.0 552 219.0L710 219.0C769 219.0 769 219.0 828 219.0L986 219.0C1045 219.0 1045 219.0 1104 219.0L1262 219.0C1321 219.0 1321 219.0 1380 219.0L1538 219.0C1597 219.0 1597 219.0 1656 219.0L1814 219.0C1873 219.0 1873 167.0 1925 167.0"/>
<path class="ge" fill="none" stroke="#585d63" d="M434 207.5C493 207.5 493 176.0 545 176.0"/>
<path class="ge" fill="none" stroke="#585d63" d="M710 182.5C769 182.5 769 181.0 828 181.0L986 181.0C1045 181.0 1045 181.0 1104 181.0L1262 181.0C1321 181.0 1321 181.0 1380 181.0L1538 181.0C1597 181.0 1597 181.0 1656 181.0L1814 181.0C1873 181.0 1873 154.0 1925 154.0"/>
<path class="ge" fill="none" stroke="#585d63" d="M710 169.5C769 169.5 769 137.0 821 137.0"/>
<path class="ge" fill="none" stroke="#585d63" d="M986 143.5C1045 143.5 1045 142.0 1104 142.0L1262 142.0C1321 142.0 1321 142.0 1380 142.0L1538 142.0C1597 142.0 1597 142.0 1656 142.0L1814 142.0C1873 142.0 1873 141.0 1925 141.0"/>
<path class="ge" fill="none" stroke="#585d63" d="M986 130.5C1045 130.5 1045 98.0 1097 98.0"/>
<path class="ge" fill="none" stroke="#585d63" d="M1262 104.5C1321 104.5 1321 103.0 1380 103.0L1538 103.0C1597 103.0 1597 103.0 1656 103.0L1814 103.0C1873 103.0 1873 128.0 1925 128.0"/>
<path class="ge" fill="none" stroke="#585d63" d="M1262 91.5C1321 91.5 1321 60.0 1373 60.0"/>
<path class="ge" fill="none" stroke="#585d63" d="M1538 66.5C1597 66.5 1597 65.0 1656 65.0L1814 65.0C1873 65.0 1873 115.0 1925 115.0"/>
<path class="ge" fill="none" stroke="#585d63" d="M1538 53.5C1597 53.5 1597 21.0 1649 21.0"/>
<path class="ge" fill="none" stroke="#585d63" d="M1814 21.0C1873 21.0 1873 102.0 1925 102.0"/>
<svg x="0" y="232" width="158"
<svg x="1932" y="90" width="158"
<svg x="276" y="193" width="158"
<svg x="552" y="155" width="158"
<svg x="828" y="116" width="158"
<svg x="1104" y="77" width="158"
<svg x="1380" y="39" width="158"
<svg x="1656" y="0" width="158"
