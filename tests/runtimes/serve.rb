# What the programs beside this one have in common: requests, each of which leaves something
# behind, and dumps after 200, 1200 and 2200 of them.
require "objspace"

# `pairs`: what a request leaves behind, and what takes it away again.
def serve(pairs)
  prefix, state = ARGV
  served = 0
  [200, 1200, 2200].each do |n|
    while served < n
      pairs.each do |leave, take|
        leave.(served)
        take.(served) if state == "mended"
      end
      served += 1
    end
    GC.start
    File.open("#{prefix}_#{n}.json", "w") { |io| ObjectSpace.dump_all(output: io) }
  end
end
