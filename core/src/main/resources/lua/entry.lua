-- What the four scripts know of an entry; each script is sent with this in front of it. The layout is that of
-- dev.verbatim.redis.Header; a position here is one more than there, for Lua counts from 1. Numbers stay the padded
-- digits they are stored as, which compare as text like the numbers they stand for.

local GEN, LO, HI, NEED, DATA, LEASE, LENGTH = 38, 55, 72, 89, 123, 125, 158
local ZERO = '0000000000000000'
local NOBODY = ZERO .. ' ' .. ZERO

-- The header when the entry is there and of this format, epoch and owner; an entry of another is as if absent.
local function load(identity)
    local head = redis.call('GETRANGE', KEYS[1], 0, LENGTH - 1)
    if #head == LENGTH and string.sub(head, 1, GEN - 1) == identity then
        return head
    end
    return nil
end

-- As load, for who brings news: an entry of another epoch, which cannot take them, must not stay without them, for a
-- server that has not heard of this epoch yet, or knows of a newer one, may be serving it.
local function load_or_drop(identity)
    local head = load(identity)
    if not head then
        redis.call('DEL', KEYS[1])
    end
    return head
end

local function field(head, at)
    return string.sub(head, at, at + 15)
end

-- The two numbers at `at`, as one text that compares lexicographically.
local function pair(head, at)
    return string.sub(head, at, at + 32)
end

local function has_data(head)
    return string.sub(head, DATA, DATA) == '1'
end

-- Whether the entry already belongs to a newer generation than gen.
local function is_past(head, gen)
    return gen < field(head, NEED) or (has_data(head) and gen < field(head, GEN))
end

local function pad(number)
    return string.format('%016d', number)
end

local function now()
    local time = redis.call('TIME')
    return pad(time[1] * 1000 + math.floor(time[2] / 1000))
end

local function header(identity, gen, lo, hi, need, data, lease)
    return identity .. gen .. ' ' .. lo .. ' ' .. hi .. ' ' .. need .. ' ' .. data .. ' ' .. lease .. '\n'
end

-- Drops the oldest lines until `window` are left and they fill no more than seven eighths of `bytes`, so that the next
-- few appends need no cut.
local function cut(lo, hi, window, bytes, ttl)
    local value = redis.call('GET', KEYS[1])
    local room = bytes - bytes / 8
    local count = hi - lo + 1
    local gone = LENGTH
    while count > 1 and (count > window or #value - gone + LENGTH > room) do
        gone = string.find(value, '\n', gone + 1, true)
        count = count - 1
    end
    local head = string.sub(value, 1, LO - 1) .. pad(hi - count + 1) .. string.sub(value, HI - 1, LENGTH)
    redis.call('SET', KEYS[1], head .. string.sub(value, gone + 1), 'PX', ttl)
end

-- Adds lines at the end; the header says already that they are there.
local function append(lines, lo, hi, window, bytes, ttl)
    local length = redis.call('APPEND', KEYS[1], lines)
    if hi - lo + 1 > window + math.ceil(window / 4) or length > tonumber(bytes) then
        cut(lo, hi, tonumber(window), tonumber(bytes), ttl)
    else
        -- APPEND leaves as much room again as the value is long. BITOP of one key onto itself stores a copy that has
        -- none, without bringing the value into Lua, and also takes the expiry away.
        redis.call('BITOP', 'OR', KEYS[1], KEYS[1])
        redis.call('PEXPIRE', KEYS[1], ttl)
    end
end
