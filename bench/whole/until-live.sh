# The end of both workflows: asks the page every 5 seconds until it shows the commit.
for _ in {1..60}; do
  # The page is read whole: in a pipe, grep would end at the commit, and curl would fail at what comes after it.
  page=$(curl --fail --silent --max-time 30 "$SITE" || true)
  if [[ $page == *"$GITHUB_SHA"* ]]; then
    echo "Live."
    exit 0
  fi
  sleep 5
done
echo "The page does not show $GITHUB_SHA after 5 minutes." >&2
exit 1
