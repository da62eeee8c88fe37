No report on the dump of another runtime advises in the words of Python or shows its labels; a
command that a reader may copy has the type as a shell takes it.
--- unless valgrind
--- use leaky_java_1.hprof.gz
--- use leaky_java_2.hprof.gz
--- use leaky_java_3.hprof.gz
--- use leaky_node_3.heapsnapshot.gz
--- use leaky_ruby_3.json.gz
--- use leaky_php_3.json.gz
--- cmd
for dump in leaky_java_3.hprof.gz leaky_node_3.heapsnapshot.gz leaky_ruby_3.json.gz leaky_php_3.json.gz; do
  for report in summary suspects owners cycles collections duplicates strings; do
    memsee -q -o $report.md $report $dump || echo "$report of $dump failed"
    grep -n -E '__(slots|class|dict)__|sys\.(intern|modules)|[Tt]he dict|Python|C code|cycle collector' $report.md
  done
done
# PHP's dump has no values, which is not the same as no value twice.
grep -o 'The dump has no values' duplicates.md
memsee -q -o leaks.md leak-check leaky_java_*.hprof.gz 2>err
grep -o 'why -D what="[^"]*"' leaks.md
--- stdout
The dump has no values
why -D what="type = 'Leaky\$\$Lambda\$63'"
--- status 0
