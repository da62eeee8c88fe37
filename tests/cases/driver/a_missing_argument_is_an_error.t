A script that is called with too few arguments says so instead of running on nothing.
--- file args.memsee
echo $1
--- cmd
memsee args.memsee
--- stderr
args.memsee:1:6: no argument $1; the script was given 0
  echo $1
       ^
--- status 2
