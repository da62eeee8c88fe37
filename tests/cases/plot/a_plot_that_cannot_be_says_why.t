A wrong kind, a missing result and a result without figures are each one line.
--- file s.memsee
plot bars
select 'a' t
plot bars
plot icicle of #0
plot lines of #0
plot lions
plot bars of #7
plot bars of 0
plot bars column size
plot bars of #0 wide
plot
--- cmd
memsee --keep-going s.memsee
--- stdout
| t   |
| --- |
| a   |
--- stderr
s.memsee:1:1: there is no result to plot yet
  plot bars
  ^
s.memsee:3:1: plot bars needs a result with a column of numbers
  plot bars
  ^
s.memsee:4:1: plot icicle needs a result with a column of numbers
  plot icicle of #0
  ^
s.memsee:5:1: plot lines needs a result with a column for each dump
  plot lines of #0
  ^
s.memsee:6:6: no plot 'lions'; there are icicle, treemap, lines, bars, stack, chain and process
  plot lions
       ^
s.memsee:7:14: no result '#7'
  plot bars of #7
               ^
s.memsee:8:14: 'of' takes #R, not '0'
  plot bars of 0
               ^
s.memsee:9:1: plot bars: the result has no column 'size'
  plot bars column size
  ^
s.memsee:10:17: unexpected word 'wide'
  plot bars of #0 wide
                  ^
s.memsee:11:1: usage: plot icicle|treemap|lines|bars|stack|chain|process [of #R] [column NAME] [top N] [against N]
  plot
  ^
--- status 2
