-- Sends the requests of a file one after the other: method, path, cookie, body, separated by tabs. `{n}` in a body is a
-- number that no other request has, so that no two notes are the same.
local requests, turn, number = {}, 0, 0

function init(arguments)
  math.randomseed(os.time())
  for line in io.lines(arguments[1]) do
    local method, path, cookie, body = line:match("^(%S+)\t(%S+)\t(%S*)\t(.*)$")
    local headers = { ["Content-Type"] = "application/x-www-form-urlencoded" }
    if cookie ~= "" then headers["Cookie"] = cookie end
    requests[#requests + 1] = { method = method, path = path, headers = headers, body = body }
  end
  turn = math.random(#requests)
  number = math.random(1000000000)
end

function request()
  turn = turn % #requests + 1
  local one = requests[turn]
  local body
  if one.body ~= "" then
    number = number + 1
    body = one.body:gsub("{n}", tostring(number))
  end
  return wrk.format(one.method, one.path, one.headers, body)
end

-- What was not what it should be: a page with 200, an act with 303 that does not lead to the door.
local bad = 0
function response(status, headers)
  if status >= 400 or (headers["Location"] or ""):find("/sign%-in", 1) then bad = bad + 1 end
  if bad == 1 and not told then
    told = true
    io.stderr:write("load: answered " .. status .. "\n")
  end
end
