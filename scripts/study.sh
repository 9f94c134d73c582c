#!/usr/bin/env bash
# The study of docs/results.md on the World Values Survey: a small new model asked in two ways and an
# encoder, beside baselines; what recalibrating and combining add; how fragile the answers are; whose
# opinions they are; how far to trust each; and the report.
#   scripts/study.sh TRAIN.json VALID.json FOLDER [ENCODER]
# The two files are the simllm ones (docs/importing.md); ENCODER is a Hugging Face folder, such as
# all-MiniLM-L6-v2. CANVASS names the program (default: canvass). A quarter of an hour on two cores.
set -euo pipefail
canvass=${CANVASS:-canvass}
train_file=$(realpath "$1") valid_file=$(realpath "$2") folder=$3
encoder=${4:+$(realpath "$4")}
mkdir -p "$folder"
cd "$folder"

# Held-out cells are looked at once, at the end; what is fitted on predictions is fitted on the cells
# held out of the training part (inner), which no model has seen.
"$canvass" import simllm "$train_file" "$valid_file" --topics wvs7 -o survey.jsonl
"$canvass" split survey.jsonl --hold-out-cells 0.08 --seed 1 -o split
"$canvass" split split/train.jsonl --hold-out-cells 0.08 --seed 2 -o inner

runs=()
# predict NAME MODEL: the cells to judge by, and these with those to fit on.
predict() {
  local name=$1 model=$2
  "$canvass" predict --model "$model" --items split/held-out.jsonl -o "$name.jsonl"
  "$canvass" predict --model "$model" --items inner/held-out.jsonl split/held-out.jsonl \
    -o "both-$name.jsonl"
  runs+=("$name")
}

"$canvass" init --survey inner/train.jsonl --size small -o model
for template in paper question-first; do
  "$canvass" train --preset new-model --template "$template" --model model \
    --survey inner/train.jsonl -o "trained-$template"
  predict "$template" "trained-$template"
done
if [[ -n $encoder ]]; then
  "$canvass" train --preset encoder --model "$encoder" --survey inner/train.jsonl -o scorer
  predict encoder scorer
fi

for name in "${runs[@]}"; do
  "$canvass" calibrate fit --survey inner/held-out.jsonl --predictions "both-$name.jsonl" \
    --method temperature -o "$name-temperature.json"
  "$canvass" calibrate apply "$name-temperature.json" --predictions "$name.jsonl" \
    -o "$name-calibrated.jsonl"
  "$canvass" combine fit --survey inner/held-out.jsonl --items split/held-out.jsonl \
    --predictions "both-$name.jsonl" --train inner/train.jsonl \
    --baseline best_linear -o "$name-combined.jsonl"
done
for baseline in low-rank best-linear; do
  "$canvass" baseline "$baseline" --items split/held-out.jsonl --train split/train.jsonl \
    -o "$baseline.jsonl"
done

"$canvass" compare --survey split/held-out.jsonl --train split/train.jsonl --predictions \
  low-rank.jsonl best-linear.jsonl \
  "${runs[@]/%/.jsonl}" "${runs[@]/%/-calibrated.jsonl}" "${runs[@]/%/-combined.jsonl}" \
  --json compare.json | tee compare.txt
evaluations=()
for name in "${runs[@]}" "${runs[-1]}-combined"; do
  "$canvass" evaluate --survey split/held-out.jsonl --train split/train.jsonl --n 1200 \
    --predictions "$name.jsonl" --json "$name-evaluated.json" | tee "$name-evaluated.txt"
  evaluations+=("$name-evaluated.json")
done
"$canvass" report "${evaluations[@]}" --survey split/held-out.jsonl \
  --predictions "${runs[@]/%/.jsonl}" "${runs[-1]}-combined.jsonl" \
  --training trained-paper trained-question-first ${encoder:+scorer} \
  --names "$(IFS=,; echo "${runs[*]}"),${runs[-1]} with best-linear" \
  --title "World Values Survey, wave 7: held-out cells" -o report.html

for template in paper question-first; do
  for probe in order labels population prefix; do
    "$canvass" probe "$probe" --model "trained-$template" --items split/held-out.jsonl \
      -o "probe-$template-$probe" | tee "probe-$template-$probe.txt"
  done
done
"$canvass" predict --model trained-question-first --template no-population \
  --items split/held-out.jsonl -o default.jsonl
"$canvass" reflect --survey split/held-out.jsonl --predictions default.jsonl \
  --steered question-first.jsonl | tee reflect.txt
for name in "${runs[@]}"; do
  for reader in words ${encoder:+encoder}; do
    [[ $reader == words ]] && by=() || by=(--encoder "$encoder")
    "$canvass" confidence --survey inner/held-out.jsonl --items split/held-out.jsonl \
      --predictions "both-$name.jsonl" "${by[@]}" \
      -o "$name-trusted-by-$reader.jsonl" | tee "$name-trusted-by-$reader.txt"
  done
done
