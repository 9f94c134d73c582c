#!/usr/bin/env bash
# What a pretrained model knows about the World Values Survey before and after it is specialized, on
# cells, questions and countries that it never saw: docs/results.md.
#   scripts/study_pretrained.sh TRAIN.json VALID.json FOLDER MODEL...
# The two files are the simllm ones (docs/importing.md); a MODEL is a GGUF file (scripts/fetch_models.sh
# brings some) or a Hugging Face folder. CANVASS names the program (default: canvass), EPOCHS how long
# each model learns (default: 1). It can be interrupted: what is done is not done again.
set -euo pipefail
canvass=${CANVASS:-canvass}
train_file=$(realpath "$1") valid_file=$(realpath "$2") folder=$3
shift 3
mapfile -t models < <(realpath "$@")
mkdir -p "$folder"
cd "$folder"

# Every seventh question of each topic, and a country of each of five regions: 25 of 170 and 5 of 41.
questions=115,110,179,187,195,49,55,127,155,170,162,135,144,151,60,70,78,87,63,6,15,22,31,39,23
countries="China,Iran,Bolivia,Great Britain,Kazakhstan"

if [[ ! -f parts/both.jsonl ]]; then
  "$canvass" import simllm "$train_file" "$valid_file" --topics wvs7 -o survey.jsonl
  "$canvass" split survey.jsonl --hold-out-questions "$questions" --hold-out-populations "$countries" \
    --hold-out-cells 0.08 --seed 1 -o design
  "$canvass" split design/train.jsonl --hold-out-cells 0.06 --seed 2 -o inner
  # What is held out, in four parts: questions and countries may each be new.
  "$canvass" split design/held-out.jsonl --hold-out-questions "$questions" -o by-question
  "$canvass" split by-question/train.jsonl --hold-out-populations "$countries" -o of-known-questions
  "$canvass" split by-question/held-out.jsonl --hold-out-populations "$countries" -o of-new-questions
  mkdir -p parts
  cp of-known-questions/train.jsonl parts/cells.jsonl
  cp of-known-questions/held-out.jsonl parts/countries.jsonl
  cp of-new-questions/train.jsonl parts/questions.jsonl
  cp of-new-questions/held-out.jsonl parts/both.jsonl
fi

# ask NAME OPTION...: predictions for every part; a part that was begun is continued.
ask() {
  local name=$1 part
  shift
  for part in cells questions countries both; do
    "$canvass" predict "$@" --template question-first --chat none --items "parts/$part.jsonl" \
      -o "$name-$part.jsonl"
  done
}

for model in "${models[@]}"; do
  name=$(basename "$model" .gguf)
  ask "$name-before" --model "$model"
  if [[ ! -f $name-adapter/run.json ]]; then
    resume=()
    [[ ! -d $name-adapter/checkpoints ]] || resume=(--resume)
    "$canvass" train --model "$model" --survey inner/train.jsonl --valid inner/held-out.jsonl \
      --template question-first --chat none --epochs "${EPOCHS:-1}" --batch-size 16 --run-length 4 \
      --learning-rate 5e-4 --schedule cosine --patience 0 \
      --targets q_proj,k_proj,v_proj,o_proj,gate_proj,up_proj,down_proj \
      --keep-epochs "${resume[@]}" -o "$name-adapter"
  fi
  ask "$name-after" --model "$model" --adapter "$name-adapter"
  for part in cells questions countries both; do
    "$canvass" evaluate --survey "parts/$part.jsonl" --train design/train.jsonl --n 1200 \
      --predictions "$name-after-$part.jsonl" "$name-before-$part.jsonl" \
      --json "$name-$part.json" | tee "$name-$part.txt"
  done
done
