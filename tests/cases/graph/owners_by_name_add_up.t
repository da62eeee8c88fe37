The heap by package, module and name: each branch is what it shows below it and what is left of it, with the sums of the dominator tree; on a page the tree opens.
--- use leaky_py310_2.json.gz as heap.gz
--- cmd
memsee -q -e 'read heap.gz' 'owners by name depth 3 percent 4' 'select "total" tree, total(size) retained from obj where address in (select address from dominators)' >rows.md; cut -c1-72 rows.md
memsee -q -f html -e 'read heap.gz' 'owners by name depth 3 percent 4' | sed -n '/class="du"/,/<\/div>$/p' | sed 's/<svg.*svg>//; s/<[^>]*>//g' | head -n 9
memsee -q -e 'read heap.gz' 'owners by size'
--- stdout
| tree                 | retained | percent | objects | whose   |       
| -------------------- | -------: | ------: | ------: | ------- | ------
| `__main__`           |  1556556 |    26.8 |   16254 | program |       
| `· <MemoryHandler>`  |   646216 |    11.1 |   11006 | program | 14037
| `· · .<list> list`   |   645816 |    11.1 |   11002 | program | 1403
| `· · 3 more`         |      352 |     0.0 |       3 | ∘       |   
| `· <Registry>`       |   580222 |    10.0 |    1491 | program | 14037
| `· · .entries? list` |   580182 |    10.0 |    1490 | program | 1403
| `· 3,757 more`       |   330118 |     5.7 |    3757 | ∘       |    
| `no name`            |   826181 |    14.2 |    6800 | ∘       |     
| `· 379 × dict`       |   459400 |     7.9 |    4096 | ∘       |   
| `· 2,704 more`       |   366781 |     6.3 |    2704 | ∘       |    
| `email`              |   290758 |     5.0 |    1802 | library |       
| `collections`        |   255846 |     4.4 |    1633 | library |       
| `19,445 more`        |  2880361 |    49.6 |   19445 | ∘       |     

| tree  |  retained |
| ----- | --------: |
| total | 5809702.0 |

__main__1.56 MB26.8 %16,254 objects
&lt;MemoryHandler&gt;646 kB11.1 %11,006 objects
.&lt;list&gt; list646 kB11.1 %11,002 objects
3 more352 B0.0 %3 objects

&lt;Registry&gt;580 kB10.0 %1,491 objects
.entries? list580 kB10.0 %1,490 objects

--- stderr
-e:1:11: 'by' takes name or type, not 'size'
  owners by size
            ^
--- status 2
