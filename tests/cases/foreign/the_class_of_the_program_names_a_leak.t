A leak has the name of a class of the program, whatever the runtime keeps its objects in, each
member of an object leaks by itself, and the parts of the runtime's containers are left out.
--- unless valgrind
--- use leaky_services_1.hprof.gz
--- use leaky_services_2.hprof.gz
--- use leaky_services_3.hprof.gz
--- use leaky_desk_1.json.gz
--- use leaky_desk_2.json.gz
--- use leaky_desk_3.json.gz
--- use leaky_timers_1.heapsnapshot.gz
--- use leaky_timers_2.heapsnapshot.gz
--- use leaky_timers_3.heapsnapshot.gz
--- use leaky_storage_1.json.gz
--- use leaky_storage_2.json.gz
--- use leaky_storage_3.json.gz
--- use leaky_weak_1.json.gz
--- use leaky_weak_2.json.gz
--- use leaky_weak_3.json.gz
--- cmd
for kind in services desk timers storage weak; do
    echo "$kind:"
    memsee -q -o leaks.md leak-check leaky_${kind}_*.gz 2>err
    echo $?
    grep -A2 ' all that hangs on it' leaks.md | grep ' hangs \|held' | tr -d '\`'
done
--- stdout
services:
1
Services$Reminder +200 (40, 140, 240): monotonic, 32872 bytes with all that hangs on it
held by thread 7 java.lang.Thread .target java.util.concurrent.ThreadPoolExecutor$Worker .this$0 java.util.concurrent.ScheduledThreadPoolExecutor .workQueue java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue [] java.util.concurrent.ScheduledThreadPoolExecutor$ScheduledFutureTask .callable java.util.concurrent.Executors$RunnableAdapter .task Services$Reminder
Services$Message +200 (40, 140, 240): monotonic, 19200 bytes with all that hangs on it
held by Services .broker Services$Broker .dead java.util.concurrent.ConcurrentLinkedQueue [] Services$Message
Services$Retrying +200 (40, 140, 240): monotonic, 19200 bytes with all that hangs on it
held by Services .handler Services$Retrying .inner Services$Logging* .inner Services$Retrying
Services$Rate +200 (40, 140, 240): monotonic, 17792 bytes with all that hangs on it
held by Services .rates java.util.HashMap {*} Services$Rate
Services$Message +200 (40, 140, 240): monotonic, 17176 bytes with all that hangs on it
held by Services .broker Services$Broker .urgent java.util.PriorityQueue [] Services$Message
desk:
1
Ticket +200 (40, 140, 240): monotonic, 57600 bytes with all that hangs on it
held by Object -> Desk -> Hash {} Ticket
Visit +200 (40, 140, 240): monotonic, 16000 bytes with all that hangs on it
held by Object -> Sink -> Array [] Visit
Image +200 (40, 140, 240): monotonic, 8000 bytes with all that hangs on it
held by Object -> Thumbs -> Array [] Image
Proc +200 (40, 140, 240): monotonic, 33600 bytes with all that hangs on it
held by Object -> Desk -> Emitter -> Hash {} Array [] Proc
String +200 (40, 140, 240): monotonic, 8000 bytes with all that hangs on it
held by Object -> Sink -> Array [] String
timers:
1
Session +200 (40, 140, 240): monotonic, 48000 bytes with all that hangs on it
held by <closure timerListMap> Object [] TimersList ._idlePrev Timeout* ._onTimeout Function <bound_this> Session
Job +200 (40, 140, 240): monotonic, 40000 bytes with all that hangs on it
held by <closure shutdown> AbortController .#signal EventTarget [] Map {*} Object .next Listener* .listener Function <context> system / Context <closure this> Job
Message +200 (40, 140, 240): monotonic, 12800 bytes with all that hangs on it
held by <closure broker> Broker .urgent Array [] Message
Message +200 (40, 140, 240): monotonic, 12800 bytes with all that hangs on it
held by <closure broker> Broker .dead Array [] Message
storage:
1
Client +200 (40, 140, 240): monotonic, 76097 bytes with all that hangs on it
held by drive() $request Closure .static array ['server'] ChatServer .clients SplObjectStorage {*} Client
weak:
1
Meta +200 (40, 140, 240): monotonic, 64740 bytes with all that hangs on it
held by drive() $request Closure .static array ['uow'] UnitOfWork .meta WeakMap [] (entry) ['value'] Meta
