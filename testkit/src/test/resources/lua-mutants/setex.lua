-- Mutant: stores what a writer read, whatever is there. Called as fill.

redis.call('SET', KEYS[1], header(ARGV[1], ARGV[3], ARGV[4], ARGV[5], NOBODY, '1', NOBODY) .. ARGV[6], 'PX', ARGV[7])
return 1
