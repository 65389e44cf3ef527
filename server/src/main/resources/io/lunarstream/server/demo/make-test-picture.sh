#!/bin/sh
# Makes test-picture.flv with FFmpeg (5.1 or newer, with libx264, libfreetype and fontconfig). README.md says why so.
set -eu
out=$(dirname "$0")/test-picture.flv
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The face: a ring and twelve marks. The hand: one bar in a clear square, turned once in 1800 frames.
circle="hypot(X-130,Y-130)"
marks="between($circle,98,114)*lt(abs(mod(atan2(Y-130,X-130)+2*PI+PI/12,PI/6)-PI/12)*$circle,2.2)"
face="color=c=0x171c33:s=260x260,format=rgba,trim=end_frame=1,geq=r='if(gt($marks+between($circle,120,123),0),205,23)'\
:g='if(gt($marks+between($circle,120,123),0),212,28)':b='if(gt($marks+between($circle,120,123),0),245,51)'\
:a='255*lt($circle,124)',loop=loop=-1:size=1,fps=30"
hand="color=c=0xf4b53f:s=260x260,format=rgba,trim=end_frame=1,geq=r=244:g=181:b=63\
:a='255*lt(abs(X-129.5),3)*between(Y,32,144)',loop=loop=-1:size=1,fps=30,rotate=a='2*PI*n/1800':c=none"
hub="color=c=0xf4b53f:s=20x20,format=rgba,trim=end_frame=1,geq=r=244:g=181:b=63:a='255*lt(hypot(X-9.5,Y-9.5),9)'\
,loop=loop=-1:size=1,fps=30"
bars=$(i=0; for c in e8e8f0 e6d33c 39d3d9 3fce5b d94fd4 e0454f 4a5fe0 6b7185; do
  printf 'drawbox=x=%d:y=324:w=80:h=36:color=0x%s:t=fill,' $((i * 80)) "$c"; i=$((i + 1)); done)
text="drawtext=font=DejaVu Sans:fontcolor"

ffmpeg -v error -y -f lavfi -i "color=c=0x0e1120:s=640x360:r=30:d=60" -f lavfi -i "$face" -f lavfi -i "$hand" -f lavfi -i "$hub" \
  -filter_complex "[3]split[hub][ball];[0]${bars}\
drawbox=x=560:y=40:w=44:h=44:color=white:t=fill:enable='lt(mod(n,30),3)',\
drawbox=x=560:y=40:w=44:h=44:color=0x454c6e:t=2,\
$text=0xaeb6d6:fontsize=22:x=336:y=52:text=Lunar Stream,\
$text=white:fontsize=120:x=326:y=102:text='%{eif\\:floor(n/30)\\:d\\:2}',\
$text=0xf4b53f:fontsize=52:x=496:y=160:text='%{eif\\:mod(n,30)\\:d\\:2}',\
$text=0xaeb6d6:fontsize=18:x=336:y=228:text=second,\
$text=0xaeb6d6:fontsize=18:x=498:y=228:text=frame[board];\
[board][1]overlay=36:26:shortest=1[faced];[faced][2]overlay=36:26[handed];[handed][hub]overlay=156:146[clock];\
[clock][ball]overlay=x='20+580*abs(mod(n/60,2)-1)':y=296" \
  -frames:v 1800 -c:v libx264 -profile:v main -preset veryslow -crf 24 -bf 0 -g 30 -keyint_min 30 -sc_threshold 0 \
  -pix_fmt yuv420p -bsf:v 'filter_units=remove_types=6' "$work/video.nut"

# Three rounds of the sound, of which the second is taken: it begins as it ends, to the AAC frame (32 ms at 32 kHz).
beep="0.28*sin(2*PI*if(lt(mod(t,60),1),1320,880)*t)*lt(mod(t,1),0.12)*pow(sin(PI*min(mod(t,1)/0.12,1)),2)"
bed="0.012*sin(2*PI*110*t)+0.008*sin(2*PI*165*t)+0.006*sin(2*PI*220*t)"
ffmpeg -v error -y -f lavfi -i "aevalsrc=exprs='$beep+$bed'|'$beep+$bed':s=32000:d=180" \
  -c:a aac -b:a 64k "$work/rounds.nut"
second=60*32000
ffmpeg -v error -y -i "$work/rounds.nut" -c copy \
  -bsf:a "noise=drop='lt(pts,$second)+gte(pts,2*$second)',setts=ts=PTS-$second" "$work/audio.nut"

ffmpeg -v error -y -i "$work/video.nut" -i "$work/audio.nut" -map 0:v -map 1:a -c copy \
  -fflags +bitexact -map_metadata -1 "$out"
